#include "core/place_words.h"

#include "core/place_grammar.h"
#include "core/trie.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const char *const *const lists[PLACE_LIST_COUNT] = {
	[PLACE_ESTATE_AREA] = WORDS("地下车库", "地下停车场", "地下停车库",
	    "地下室", "地库", "车库", "停车场", "东南门", "东北门", "西南门",
	    "西北门", "南门", "北门", "东门", "西门", "正门", "后门", "侧门",
	    "小区大门", "大门口", "中心花园", "中央花园", "小花园", "中心广场",
	    "小区广场", "儿童游乐场", "儿童乐园", "游乐场", "健身区", "篮球场",
	    "羽毛球场", "网球场", "游泳池", "泳池", "会所", "垃圾站", "垃圾房",
	    "垃圾分类亭", "垃圾投放点", "自行车棚", "非机动车棚", "电动车棚",
	    "车棚", "配电房", "配电室", "水泵房", "人工湖", "喷泉池", "凉亭",
	    "north gate", "south gate", "east gate", "west gate", "main gate",
	    "back gate", "side gate", "underground garage",
	    "underground parking", "underground car park", "basement car park",
	    "basement garage", "basement", "car park", "parking lot", "garage",
	    "playground", "central garden", "swimming pool", "clubhouse",
	    "bike shed", "tennis court", "basketball court"),
	[PLACE_BUILDING_AREA] = WORDS("楼道", "楼梯间", "楼梯口", "步梯间",
	    "大堂", "一楼大厅", "门厅", "电梯厅", "电梯口", "走廊", "过道",
	    "天台", "楼顶", "架空层", "单元门口", "lobby", "corridor",
	    "hallway", "stairwell", "staircase", "rooftop", "roof top"),
	[PLACE_BASEMENT] = WORDS("负", "地下"),
	[PLACE_BASEMENT_SUFFIX] = WORDS("层车库", "层停车场", "层", "楼"),
	[PLACE_PARKING] =
	    WORDS("车位号", "车位", "parking space", "parking bay"),
	[PLACE_BUILDING_KEYWORD] =
	    WORDS("building", "bldg", "block", "blk", "tower"),
	[PLACE_UNIT_KEYWORD] = WORDS("unit", "entrance"),
	[PLACE_FLOOR_KEYWORD] = WORDS("floor", "fl.", "level", "storey"),
	[PLACE_ROOM_KEYWORD] = WORDS("room", "rm", "apt", "apartment", "flat"),
	[PLACE_KEYWORD_FILLER] = WORDS("no.", "no", "number", "#", "."),
	[PLACE_HAN_NUMBER] = WORDS("零", "〇", "一", "幺", "二", "两", "三",
	    "四", "五", "六", "七", "八", "九", "十", "百"),
	[PLACE_BUILDING_SUFFIX] =
	    WORDS("号楼", "号栋", "#楼", "栋楼", "幢楼", "栋", "幢"),
	[PLACE_LETTER_SUFFIX] = WORDS("座", "栋", "幢", "号楼", "楼"),
	[PLACE_FLOOR_SUFFIX] = WORDS("层", "楼"),
	[PLACE_FLOOR_ORDINAL] = WORDS("st", "nd", "rd", "th"),
	[PLACE_FLOOR_AFTER] = WORDS("/f", "f", "floor"),
	[PLACE_ROOM_SUFFIX] = WORDS("室", "房间", "房"),
	[PLACE_BUILDINGS_COUNTED] =
	    WORDS("共", "有", "这", "那", "每", "几", "整", "各", "前", "后"),
	[PLACE_FLOORS_COUNTED] =
	    WORDS("共", "这", "那", "每", "几", "整", "各", "厚"),
	[PLACE_LAYER_MATTER] = WORDS("灰", "水", "油", "土", "膜", "皮", "冰",
	    "雪", "楼高", "楼房", "高", "漆", "霉", "锈", "盘"),
	[PLACE_BELOW_GROUND] = WORDS("负", "地下", "-", "b"),
	[PLACE_COUNTED] = WORDS("年", "月", "日", "点", "时", "分", "天", "元",
	    "块", "户", "度", "米", "平", "人", "次", "个", "斤", "万", "多",
	    "左右", "%", ":", "/", ".5", "rmb", "yuan", "am", "pm", "a.m",
	    "p.m", "days", "hours", "minutes", "households", "people"),
	[PLACE_NUMBERED_THING] =
	    WORDS("电梯", "车位", "泵", "配电", "桩", "柜", "梯"),
	[PLACE_OTHER_NUMBER] = WORDS("电话", "手机", "tel", "phone", "fax",
	    "传真", "订单", "单号", "order", "编号", "号码", "no.", "快递",
	    "日期", "date", "热线", "账号"),
	[PLACE_JOINT] = WORDS(" ", "\t", ",", "，", "、", "的", "-", "#", "(",
	    ")", "in", "of", "at", "on", "the"),
	[PLACE_SENDER_BEFORE] = WORDS("我是", "我家", "我们家", "我住", "住在",
	    "本人", "家住", "住址", "我们是", "我们住", "本户", "我屋企",
	    "i live", "we live", "i am in", "i'm in", "i'm from", "we are in",
	    "we're in", "we are at", "my flat", "my apartment", "our flat",
	    "our apartment", "our home", "tenant", "resident", "owner"),
	[PLACE_SENDER_AFTER] = WORDS("的业主", "的住户", "的租户", "业主",
	    "住户", "租户", "租客", "我家", "tenant", "resident", "owner"),
	[PLACE_SENTENCE_END] = WORDS("。", "!", "?", "\n", ";"),
	[PLACE_MINE] = WORDS("我家", "我们家", "我屋企", "家里", "my flat",
	    "my apartment", "my home", "our flat", "our apartment", "our home"),
};

/* The words of a list; those of the estate's own areas are given. */
static const char *const *
list_of(int list, const char *const *areas)
{
	static const char *const nothing[] = { NULL };
	const char *const *words = list == PLACE_OWN_AREA ? areas : lists[list];

	return words == NULL ? nothing : words;
}

struct place_node {
	uint32_t lists; /* whose words end here */
	uint32_t below; /* whose words pass or end here */
};

struct place_words {
	struct trie trie;
	struct place_node *nodes;
};

/* ---- making ---- */

/* Our own words are plain; those of the configuration are as people write. */
static uint32_t
next_glyph(enum place_list list, const char **word)
{
	uint32_t c = unicode_next(word);

	return list == PLACE_OWN_AREA ? glyph_plain(c) : c;
}

typedef void visit_word(
    struct place_words *words, enum place_list list, const char *word);

static void
each_word(
    struct place_words *words, const char *const *areas, visit_word *visit)
{
	for (int list = 0; list < PLACE_LIST_COUNT; list++)
		for (const char *const *at = list_of(list, areas); *at != NULL;
		     at++)
			visit(words, (enum place_list)list, *at);
}

static void
add_word(struct place_words *words, enum place_list list, const char *word)
{
	uint32_t node = 0;

	for (uint32_t c; (c = next_glyph(list, &word)) != 0;)
		node = trie_add(&words->trie, node, c);
}

static void
mark_word(struct place_words *words, enum place_list list, const char *word)
{
	uint32_t node = 0;

	for (uint32_t c; (c = next_glyph(list, &word)) != 0;) {
		node = trie_step(&words->trie, node, c);
		words->nodes[node].below |= PLACE_SET(list);
	}
	words->nodes[node].lists |= PLACE_SET(list);
}

const struct place_words *
place_words_make(const char *const *areas, struct arena *arena)
{
	struct place_words *words = arena_alloc(arena, sizeof(*words));

	trie_init(&words->trie, arena);
	each_word(words, areas, add_word);
	words->nodes =
	    arena_array(arena, words->trie.count, sizeof(*words->nodes));
	each_word(words, areas, mark_word);
	return words;
}

/* ---- looking up ---- */

size_t
place_word_at(const struct place_text *text, size_t at, enum place_list list)
{
	const struct place_words *words = text->words;
	uint32_t c = glyphs_at(&text->glyphs, at);
	uint32_t node = trie_step(&words->trie, 0, c);
	size_t longest = 0;

	for (size_t len = 1; node != 0; len++) {
		const struct place_node *here = &words->nodes[node];
		uint32_t after = glyphs_at(&text->glyphs, at + len);

		if ((here->below & PLACE_SET(list)) == 0)
			break;
		if ((here->lists & PLACE_SET(list)) != 0 &&
		    !(glyph_is_latin(c) && glyph_is_latin(after)))
			longest = len;
		node = trie_step(&words->trie, node, after);
		c = after;
	}
	return longest;
}

bool
place_word_before(
    const struct place_text *text, size_t at, size_t span, enum place_list list)
{
	for (size_t i = at > span ? at - span : 0; i < at; i++)
		if (place_word_at(text, i, list) > 0)
			return true;
	return false;
}

/* Two characters tell enough. */
bool
place_word_may_begin(const struct place_text *text, size_t at, uint32_t sets)
{
	const struct place_words *words = text->words;
	uint32_t node =
	    trie_step(&words->trie, 0, glyphs_at(&text->glyphs, at));

	if (node == 0 || (words->nodes[node].below & sets) == 0)
		return false;
	if ((words->nodes[node].lists & sets) != 0)
		return true;
	node = trie_step(&words->trie, node, glyphs_at(&text->glyphs, at + 1));
	return node != 0 && (words->nodes[node].below & sets) != 0;
}

bool
place_area_is_in_building(const char *area)
{
	const char *const *list = lists[PLACE_BUILDING_AREA];

	for (; area != NULL && *list != NULL; list++)
		if (text_eq_nocase(area, *list))
			return true;
	return false;
}
