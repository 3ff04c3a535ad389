#include <string.h>

#include "core/place_grammar.h"
#include "lib/arena.h"
#include "lib/text.h"

static const char *const estate_areas[] = { "地下车库", "地下停车场",
	"地下停车库", "地下室", "地库", "车库", "停车场", "东南门", "东北门",
	"西南门", "西北门", "南门", "北门", "东门", "西门", "正门", "后门",
	"侧门", "小区大门", "大门口", "中心花园", "中央花园", "小花园",
	"中心广场", "小区广场", "儿童游乐场", "儿童乐园", "游乐场",
	"健身区", "篮球场", "羽毛球场", "网球场", "游泳池", "泳池", "会所",
	"垃圾站", "垃圾房", "垃圾分类亭", "垃圾投放点", "自行车棚",
	"非机动车棚", "电动车棚", "车棚", "配电房", "配电室", "水泵房",
	"人工湖", "喷泉池", "凉亭", "north gate", "south gate", "east gate",
	"west gate", "main gate", "back gate", "side gate",
	"underground garage", "underground parking", "underground car park",
	"basement car park", "basement garage", "basement", "car park",
	"parking lot", "garage", "playground", "central garden",
	"swimming pool", "clubhouse", "bike shed", "tennis court",
	"basketball court", NULL };
static const char *const building_areas[] = { "楼道", "楼梯间", "楼梯口",
	"步梯间", "大堂", "一楼大厅", "门厅", "电梯厅", "电梯口", "走廊",
	"过道", "天台", "楼顶", "架空层", "单元门口", "lobby", "corridor",
	"hallway", "stairwell", "staircase", "rooftop", "roof top", NULL };

/* B1, B2层, 负一楼, 地下二层 */
static size_t
basement_len(const struct place_text *text, size_t at)
{
	static const char *const prefixes[] = { "负", "地下", NULL };
	static const char *const suffixes[] = { "层车库", "层停车场", "层",
		"楼", NULL };
	struct place_number number;
	size_t len = place_any_at(text, at, prefixes), suffix;

	if (len > 0) {
		if (!place_number_at(text, at + len, &number))
			return 0;
		suffix = place_any_at(text, number.end, suffixes);
		return suffix == 0 ? 0 : number.end + suffix - at;
	}
	if (place_glyph(text, at) != 'b' || place_is_latin(place_glyph_before(text, at)) ||
	    !place_is_digit(place_glyph(text, at + 1)) || place_glyph(text, at + 1) > '4' ||
	    place_is_digit(place_glyph(text, at + 2)) || place_is_latin(place_glyph(text, at + 2)) ||
	    place_is_one_of(place_glyph(text, at + 2), "-栋幢座#"))
		return 0;
	return 2 + place_any_at(text, at + 2, suffixes);
}

/* 车位 A-123 */
static size_t
parking_space_len(const struct place_text *text, size_t at)
{
	static const char *const words[] = { "车位号", "车位", "parking space",
		"parking bay", NULL };
	size_t len = place_any_at(text, at, words), end, digits = 0;

	if (len == 0)
		return 0;
	end = place_skip_blanks(text, at + len);
	if (place_is_latin(place_glyph(text, end)) && !place_is_latin(place_glyph(text, end + 1)))
		end++;
	if (place_glyph(text, end) == '-')
		end++;
	for (; place_is_digit(place_glyph(text, end)); end++)
		digits++;
	return digits > 0 && digits < 5 ? end - at : 0;
}

bool
place_area_at(const struct place_text *text, size_t at, struct parts *ret)
{
	size_t own = place_any_at(text, at, text->hints->areas);
	size_t estate = place_any_at(text, at, estate_areas);
	size_t building = place_any_at(text, at, building_areas);
	size_t basement = basement_len(text, at);
	size_t space = parking_space_len(text, at), len;

	if (place_is_latin(place_glyph(text, at)) && place_is_latin(place_glyph_before(text, at)))
		return false;
	len = own > estate ? own : estate;
	len = basement > len ? basement : len;
	len = space > len ? space : len;
	ret->is_in_building = building > 0 && building >= len;
	len = building > len ? building : len;
	if (len == 0)
		return false;
	ret->end = at + len;
	ret->value[PART_AREA] = arena_strndup(text->arena,
	    text->text + text->glyphs[at].at,
	    text->glyphs[ret->end].at - text->glyphs[at].at);
	return true;
}

bool
place_area_is_in_building(const char *area)
{
	for (size_t i = 0; area != NULL && building_areas[i] != NULL; i++)
		if (text_eq_nocase(area, building_areas[i]))
			return true;
	return false;
}
