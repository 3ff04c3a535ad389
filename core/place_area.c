#include "core/place_grammar.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

static const char *const estate_areas[] = { "地下车库", "地下停车场",
	"地下停车库", "地下室", "地库", "车库", "停车场", "东南门", "东北门",
	"西南门", "西北门", "南门", "北门", "东门", "西门", "正门", "后门",
	"侧门", "小区大门", "大门口", "中心花园", "中央花园", "小花园",
	"中心广场", "小区广场", "儿童游乐场", "儿童乐园", "游乐场", "健身区",
	"篮球场", "羽毛球场", "网球场", "游泳池", "泳池", "会所", "垃圾站",
	"垃圾房", "垃圾分类亭", "垃圾投放点", "自行车棚", "非机动车棚",
	"电动车棚", "车棚", "配电房", "配电室", "水泵房", "人工湖", "喷泉池",
	"凉亭", "north gate", "south gate", "east gate", "west gate",
	"main gate", "back gate", "side gate", "underground garage",
	"underground parking", "underground car park", "basement car park",
	"basement garage", "basement", "car park", "parking lot", "garage",
	"playground", "central garden", "swimming pool", "clubhouse",
	"bike shed", "tennis court", "basketball court", NULL };
static const char *const building_areas[] = { "楼道", "楼梯间", "楼梯口",
	"步梯间", "大堂", "一楼大厅", "门厅", "电梯厅", "电梯口", "走廊",
	"过道", "天台", "楼顶", "架空层", "单元门口", "lobby", "corridor",
	"hallway", "stairwell", "staircase", "rooftop", "roof top", NULL };

static const char *const basement_prefixes[] = { "负", "地下", "b", NULL };
static const char *const parking_words[] = { "车位号", "车位", "parking space",
	"parking bay", NULL };

static void
add_starts(struct place_text *text, const char *const *words)
{
	for (; words != NULL && *words != NULL; words++) {
		uint32_t c = glyph_first(*words);

		text->area_starts[(c & 255) / 64] |= (uint64_t)1 << (c & 63);
	}
}

void
place_area_init(struct place_text *text)
{
	memset(text->area_starts, 0, sizeof(text->area_starts));
	add_starts(text, text->hints->areas);
	add_starts(text, estate_areas);
	add_starts(text, building_areas);
	add_starts(text, basement_prefixes);
	add_starts(text, parking_words);
}

static bool
may_start(const struct place_text *text, uint32_t c)
{
	return (text->area_starts[(c & 255) / 64] >> (c & 63) & 1) != 0;
}

/* B1, B2层, 负一楼, 地下二层 */
static size_t
basement_len(const struct place_text *text, size_t at)
{
	static const char *const prefixes[] = { "负", "地下", NULL };
	static const char *const suffixes[] = { "层车库", "层停车场", "层",
		"楼", NULL };
	struct glyph_number number;
	size_t len = glyphs_any_at(&text->glyphs, at, prefixes), suffix;

	if (len > 0) {
		if (!glyphs_number_at(&text->glyphs, at + len, &number))
			return 0;
		suffix = glyphs_any_at(&text->glyphs, number.end, suffixes);
		return suffix == 0 ? 0 : number.end + suffix - at;
	}
	if (glyphs_at(&text->glyphs, at) != 'b' ||
	    glyph_is_latin(glyphs_before(&text->glyphs, at)) ||
	    !glyph_is_digit(glyphs_at(&text->glyphs, at + 1)) ||
	    glyphs_at(&text->glyphs, at + 1) > '4' ||
	    glyph_is_digit(glyphs_at(&text->glyphs, at + 2)) ||
	    glyph_is_latin(glyphs_at(&text->glyphs, at + 2)) ||
	    glyph_is_one_of(glyphs_at(&text->glyphs, at + 2), "-栋幢座#"))
		return 0;
	return 2 + glyphs_any_at(&text->glyphs, at + 2, suffixes);
}

/* 车位 A-123 */
static size_t
parking_space_len(const struct place_text *text, size_t at)
{
	size_t len = glyphs_any_at(&text->glyphs, at, parking_words), end;
	size_t digits = 0;

	if (len == 0)
		return 0;
	end = glyphs_skip_blanks(&text->glyphs, at + len);
	if (glyph_is_latin(glyphs_at(&text->glyphs, end)) &&
	    !glyph_is_latin(glyphs_at(&text->glyphs, end + 1)))
		end++;
	if (glyphs_at(&text->glyphs, end) == '-')
		end++;
	for (; glyph_is_digit(glyphs_at(&text->glyphs, end)); end++)
		digits++;
	return digits > 0 && digits < 5 ? end - at : 0;
}

bool
place_area_at(const struct place_text *text, size_t at, struct parts *ret)
{
	size_t own, estate, building, basement, space, len;

	if (!may_start(text, glyphs_at(&text->glyphs, at)))
		return false;
	own = glyphs_any_name_at(&text->glyphs, at, text->hints->areas);
	estate = glyphs_any_at(&text->glyphs, at, estate_areas);
	building = glyphs_any_at(&text->glyphs, at, building_areas);
	basement = basement_len(text, at);
	space = parking_space_len(text, at);
	if (glyph_is_latin(glyphs_at(&text->glyphs, at)) &&
	    glyph_is_latin(glyphs_before(&text->glyphs, at)))
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
	    text->glyphs.text + text->glyphs.list[at].at,
	    text->glyphs.list[ret->end].at - text->glyphs.list[at].at);
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
