/*
 * classify_words - the word lists, and finding all of their words in one pass.
 *
 * Internal to core/classify*.c and core/wording.c.  A file of conf/words/ is
 * lines of words under headings:
 *
 *	# a comment
 *	[category plumbing 3]
 *	漏水, 水管, burst pipe, leak*
 *	闻到 ~ 煤气
 *
 * A heading is a group, a subject of that group and, where the group counts,
 * a weight (when left out 2; of an emergency 4, which is an alarm); of the
 * words that end and begin texts again, the codes of the countries where they
 * mean it ([sms optout 86 886]; when left out everywhere).  Words are
 *matched in text that is NFKC, case folded and in simplified characters; a
 *Latin word matches whole words only, unless it ends in `*'.
 *
 * Up to three pieces are joined by `~' (in this order near each other in one
 * sentence), by ` + ' (in any order) or by ` & ' (in any order, the next
 * sentence will do).  In a piece, `|' separates words of which any will do,
 * and <gas> stands for all words of the list [concept gas].  Concepts, and the
 * words that are a whole text (sms, rating), are single words.
 */
#ifndef CORE_CLASSIFY_WORDS_H
#define CORE_CLASSIFY_WORDS_H

#include "core/trie.h"
#include "lib/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word_group {
	GROUP_KIND,
	GROUP_CATEGORY,
	GROUP_LEAN,
	GROUP_EMERGENCY,
	GROUP_MAJOR,
	GROUP_GUARD,
	GROUP_TONE,
	GROUP_SPAM,
	GROUP_SMS,
	GROUP_RATING,
	GROUP_WORDING,
	GROUP_CONCEPT,
	GROUP_HINT,
	GROUP_COUNT
};

enum guard {
	GUARD_NEGATION,     /* before the word: 没有, no */
	GUARD_PAST,         /* 上个月, last week */
	GUARD_HYPOTHETICAL, /* 如果, what if */
	GUARD_PROCEDURE,    /* 演习, 预案, drill */
	GUARD_THANKS,       /* 感谢, thank you for */
	GUARD_LETTER,       /* anywhere: 锦旗, pass on our thanks */
	GUARD_OVER,         /* after the word: 已扑灭, has been fixed */
	GUARD_NOW,          /* takes past and thanks back: 现在, 刚才 */
	GUARD_STILL,        /* takes over back as well: 又, 还在, still */
	GUARD_HARMLESS,     /* contains a word but means something else */
	GUARD_COUNT
};

/* Of GROUP_HINT: pieces of words, learnt from labelled messages. */
enum hint {
	HINT_DANGER,
	HINT_CALM,
};

/* Of GROUP_TONE: how it is said, and to what end. */
enum tone_subject {
	TONE_AGITATED,
	TONE_HOSTILE,    /* R45 */
	TONE_OWNER_DATA, /* asks who somebody is or how to reach them (R44) */
	TONE_TROUBLE,	 /* something does not work */
	TONE_STILL,	 /* ... as it did before */
	TONE_COUNT
};

/* Kinds of danger; a cue of `any' adds to each kind that has one of its own. */
enum danger {
	DANGER_GAS_LEAK,
	DANGER_FIRE,
	DANGER_LIFT_TRAP,
	DANGER_BURST,
	DANGER_ELECTRIC_SHOCK,
	DANGER_FALLING,
	DANGER_INJURY,
	DANGER_CRIME,
	DANGER_ANY,
	DANGER_COUNT
};

enum major {
	MAJOR_SUPPLY,
	MAJOR_HARM,
	MAJOR_CLAIM,
	MAJOR_THREAT,
	MAJOR_CONDUCT,
	MAJOR_THROWN,
	MAJOR_REPEATED,
};

enum sms_word {
	SMS_OPTOUT,
	SMS_OPTOUT_RECENT, /* only soon after a text of ours */
	SMS_OPTIN,
	SMS_STATUS,
	SMS_WITHDRAW,
	SMS_FOLLOWUP,
	SMS_HELP,
	SMS_CALLBACK,
	SMS_GREETING, /* says nothing */
	/* Danger, said in one word. */
	SMS_FIRE,
	SMS_GAS_LEAK,
	SMS_WORD_COUNT
};

enum wording_rule {
	WORDING_PROMISE,
	WORDING_MONEY,
	WORDING_SHIRK,
	WORDING_JUDGEMENT,
	WORDING_CONTRADICT,
	WORDING_RUDE,
	WORDING_PRIVACY,
	WORDING_VAGUE,  /* 尽快 without a time */
	WORDING_STEPS,  /* "stopped", "reported": claims of R47 */
	WORDING_UNLESS, /* before a hit: 不, 无法, cannot */
	WORDING_RULE_COUNT
};

/* Weight of GROUP_EMERGENCY that is an alarm by itself. */
enum { DANGER_ALARM = 4 };

/* Weights of GROUP_WORDING. */
enum { WORDING_ALLOW, WORDING_WARN, WORDING_BLOCK };

enum { CATEGORIES_MAX = 64, PIECES_MAX = 3, KINDS_WITH_WORDS = 5 };

struct word_place {
	const char *file;
	int line;
};

struct keyword {
	enum word_group group;
	int subject;
	int weight;
	/* Where it means that: "86 886", or NULL for everywhere; only of some
	 * of GROUP_SMS. */
	const char *countries;
	unsigned pieces;
	unsigned index;   /* of all keywords */
	const char *text; /* as in the file */
	struct word_place place;
};

/* Byte `start' up to `end' of the folded text. */
struct word_hit {
	const struct keyword *word;
	uint32_t start, end;
	uint32_t last; /* where its last piece starts */
};

struct word_hits {
	const char *text;
	struct word_hit *list; /* by ->end */
	size_t count;
	size_t characters;            /* of the text that were looked at */
	const struct keyword **hints; /* each once */
	size_t hint_count;
};

/* A word that ends in a node. */
struct piece_use {
	uint32_t next; /* use in the same node, 0: none */
	uint32_t keyword;
	uint16_t len;
	bool whole_left, whole_right; /* must be whole Latin words */
};

/* A node of the trie. */
struct node {
	uint32_t fail; /* the longest other word's beginning that ends here */
	uint32_t uses; /* first use, 0: none */
	uint32_t shorter; /* nearest node on the fail path with uses */
};

/* Words of which any will do: those of a concept, or of one piece of a join. */
struct word_set {
	const char *text; /* the concept's name, or the words */
	bool is_concept, has_words;
	struct word_place mentioned; /* first */
	uint32_t keyword; /* of GROUP_CONCEPT; its subject is the set */
	uint32_t joins;   /* first use, 0: none */
};

enum join_form {
	JOIN_ORDERED, /* a ~ b */
	JOIN_NEAR,    /* a + b: in any order, in one sentence */
	JOIN_FAR,     /* a & b: the next sentence will do */
};

struct join {
	uint32_t keyword;
	enum join_form form;
};

struct join_use {
	uint32_t next; /* use of the same set, 0: none */
	uint32_t join;
	uint8_t piece;
};

struct classifier {
	struct arena arena;
	struct trie trie;
	struct node *nodes; /* by number of the trie's */
	uint32_t node_room;
	uint32_t longest; /* bytes of a word */
	struct piece_use *uses;
	uint32_t use_count, use_room;
	struct keyword **keywords;
	uint32_t keyword_count, keyword_room;
	struct word_set *sets;
	uint32_t set_count, set_room;
	struct join *joins;
	uint32_t join_count, join_room;
	struct join_use *join_uses;
	uint32_t join_use_count, join_use_room;
	uint16_t *simple; /* see core/han.h */
	const char *categories[CATEGORIES_MAX];
	int category_count;
	int lean[CATEGORIES_MAX][KINDS_WITH_WORDS];
	bool sealed;
};

/* Learn one keyword like `model', whose text is folded already; of a concept,
 * the subject is the set.  0, or -1 with a reason. */
int classifier_add(struct classifier *it, const struct keyword *model,
    const struct word_place *place, const char **reason);
/* The words of a concept, and those that are a whole text, are no joins. */
bool classifier_is_single(enum word_group group);
/* The set of a concept, made when new. */
int classifier_concept(
    struct classifier *it, const char *name, const struct word_place *place);
/* Links for matching; once, after all words. */
void classifier_link(struct classifier *it);
/* All words of `text' (NFKC, folded), each in O(1) a character; words inside a
 * longer one of the same group are left out. */
void classifier_scan(const struct classifier *it, const char *text,
    struct arena *arena, struct word_hits *ret);

/* The longest word of a group of single words with which `text' (the same)
 * begins, or NULL; *end is the byte behind it. */
const struct keyword *classifier_first(const struct classifier *it,
    enum word_group group, const char *text, uint32_t *end);

/* How the words of the lists and the texts are written alike: NFKC, case
 * folded, traditional characters simplified. */
char *classifier_fold(
    const struct classifier *it, const char *text, struct arena *arena);

/* The name of a kind of danger: "gas_leak". */
const char *emergency_name(int danger);
const char *wording_rule_name(int subject);
const char *word_group_name(enum word_group group);
/* NULL-terminated; NULL for a group of any codes. */
const char *const *word_group_subjects(enum word_group group);
const char *word_subject_name(
    const struct classifier *it, const struct keyword *word);
/* Index of a category code, made when new; -1 when there are too many. */
int classifier_category(struct classifier *classifier, const char *code);

/* A byte of ASCII that ends a sentence, or "。". */
bool classifier_is_stop(const char *text, size_t at);

#endif
