/*
 * JSON Web Tokens, as MessageBird signs its pushes.  The tokens were made with
 * the key "secret" and end at 1700000060; make oracles asks MessageBird's own
 * program besides.
 */
#include "tests/channels/verifying.h"

static const struct sms_verify verify = { .kind = SMS_VERIFY_JWT,
	.key = "{password}",
	.header = "MessageBird-Signature-JWT",
	.skew_seconds = 300 };

static void
a_token_holds_for_one_push_and_one_address(void **state)
{
	static const struct {
		const char *what, *token, *form, *query;
		bool is_good;
	} cases[] = {
		{ "as it is",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.7Xln1qltXk7v_0LkHum7yllKLAeZoO8"
		    "-4YDrghPpZEg",
		    "originator=8613800138000&body=leak", "", true },
		{ "with the port in its address",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6IjlmNmI"
		    "1MGIxNmZlODg4NTM2YWM1NGQzNWExMTY5MTE3MDdkNDEwYjI0OTYwY2N"
		    "mMTcwNzc3YWQ1Mzc1ODBiNDgiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.UvETTrZu4tHYCrACIXzie88PyucG1P8"
		    "zJbqbL3Q6Skg",
		    "originator=8613800138000&body=leak", "", true },
		{ "behind \"Bearer\"",
		    "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJN"
		    "ZXNzYWdlQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAw"
		    "MDAwLCJleHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6"
		    "Ijg5MzZiNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4"
		    "MWI5MzczMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJk"
		    "YTMwNGRmNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJh"
		    "ZDgzYjNmOWE0YzA0M2UzMjZhYzRmIn0.7Xln1qltXk7v_0LkHum7yllK"
		    "LAeZoO8-4YDrghPpZEg",
		    "originator=8613800138000&body=leak", "", true },
		{ "in the query alone",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijk2NmI"
		    "1OTkyYWJjMTQ1NDE4M2RmYjUyM2M5ZjJkOGJkNmU2MWE0ODNhNDhhOWR"
		    "jMjc2NzRiZjRlMmM3OWYzMzIifQ.vP3shDCe4-IEfIWr13S__r1eu7zr"
		    "_M6GXSMkEdJ4l2A",
		    "", "originator=8613800138000&body=leak", true },
		{ "with other words in the query",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijk2NmI"
		    "1OTkyYWJjMTQ1NDE4M2RmYjUyM2M5ZjJkOGJkNmU2MWE0ODNhNDhhOWR"
		    "jMjc2NzRiZjRlMmM3OWYzMzIifQ.vP3shDCe4-IEfIWr13S__r1eu7zr"
		    "_M6GXSMkEdJ4l2A",
		    "", "originator=8613800138000&body=leaks", false },
		{ "with other words",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.7Xln1qltXk7v_0LkHum7yllKLAeZoO8"
		    "-4YDrghPpZEg",
		    "originator=8613800138000&body=leaks", "", false },
		{ "without its words",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.7Xln1qltXk7v_0LkHum7yllKLAeZoO8"
		    "-4YDrghPpZEg",
		    "", "", false },
		{ "with a query more",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.7Xln1qltXk7v_0LkHum7yllKLAeZoO8"
		    "-4YDrghPpZEg",
		    "originator=8613800138000&body=leak", "body=gas", false },
		{ "without a hash of the words",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAifQ.beUcNj1N6qhAXGBPUjdrSwb_dtZX"
		    "lBTDJGnTC_AZgEE",
		    "originator=8613800138000&body=leak", "", false },
		{ "without a hash of the address",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJwYXlsb2FkX2hhc2giOiJ"
		    "kYTMwNGRmNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJ"
		    "hZDgzYjNmOWE0YzA0M2UzMjZhYzRmIn0._URZNJhUYE5MsQRc8XnWlL_"
		    "-BKzAIHhVUJoCSdJO-n4",
		    "originator=8613800138000&body=leak", "", false },
		{ "without an end",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "qdGkiOiIxIiwidXJsX2hhc2giOiI4OTM2YjYyZTNhNjZhMDYxNTAyYzN"
		    "kNWI2Nzc4YmNhMThkN2U4MzllODFiOTM3MzFiOTUzNzBiOWNjOTNmZmY"
		    "wIiwicGF5bG9hZF9oYXNoIjoiZGEzMDRkZjc4YzM5Y2NiMTkzZWFiMmR"
		    "kMzk5NGI5OGM3YTE5NWQ0NjYyYWQ4M2IzZjlhNGMwNDNlMzI2YWM0ZiJ"
		    "9.Q3R-ybbnNN6bA8D0SR_Jw8VHclwqQuwhHqRb-237rQw",
		    "originator=8613800138000&body=leak", "", false },
		{ "too old",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE2OTk5OTk2OTksImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.zMgpiEIVl-8kIYXb157Kcoiad-tLP4o"
		    "88SS1E5YNPwE",
		    "originator=8613800138000&body=leak", "", false },
		{ "a little too old",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE2OTk5OTk3MDEsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.jS1ujbe7DbIbiZtNK0e-gqton62tsrf"
		    "pmtlCg7TMiUM",
		    "originator=8613800138000&body=leak", "", true },
		{ "from the future",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDMwMSwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDA0MDAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.A46VXIP6nxnN7GtZUhRsOwuvCLoo0X9"
		    "1oSnthoKazRY",
		    "originator=8613800138000&body=leak", "", false },
		{ "by another key",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.vBF8wnGHYpsupzx98kmQYDZqHywKfQ9"
		    "vYaAcu9hQCRQ",
		    "originator=8613800138000&body=leak", "", false },
		{ "by another hash than the settings say",
		    "eyJhbGciOiJIUzUxMiJ9.eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI"
		    "6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDA"
		    "wNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZiNjJlM2E2NmEwNjE"
		    "1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5MzczMWI5NTM3MGI5Y2M"
		    "5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGRmNzhjMzljY2IxOTN"
		    "lYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjNmOWE0YzA0M2UzMjZ"
		    "hYzRmIn0.Amhvv6IkcDOZ05GW2vtEku63bmu5i7JVRtb_OwQJJUw07IW"
		    "_9TANrRK7iqUhCEm60m8Q8YR4k6EN-yS5zcPndg",
		    "originator=8613800138000&body=leak", "", false },
		{ "claims that are no JSON",
		    "e30.bm9uc2Vuc2U.nlBuFZRn8QM9GjZ8nXIQiqBNVrQaK_G8dHUx54wU"
		    "X8c",
		    "originator=8613800138000&body=leak", "", false },
		{ "claims that are no base 64",
		    "e30.!!!!.9zRSOXoWY2otNfDR6PF2EZNplS3V40kE7LRL8I9KX_4",
		    "originator=8613800138000&body=leak", "", false },
		{ "no signature",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0.",
		    "originator=8613800138000&body=leak", "", false },
		{ "two parts",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6Ijg5MzZ"
		    "iNjJlM2E2NmEwNjE1MDJjM2Q1YjY3NzhiY2ExOGQ3ZTgzOWU4MWI5Mzc"
		    "zMWI5NTM3MGI5Y2M5M2ZmZjAiLCJwYXlsb2FkX2hhc2giOiJkYTMwNGR"
		    "mNzhjMzljY2IxOTNlYWIyZGQzOTk0Yjk4YzdhMTk1ZDQ2NjJhZDgzYjN"
		    "mOWE0YzA0M2UzMjZhYzRmIn0",
		    "originator=8613800138000&body=leak", "", false },
		{ "one part", "x", "originator=8613800138000&body=leak", "",
		    false },
		{ "nothing", "", "originator=8613800138000&body=leak", "",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct push push;

		push_init(&push, &verify);
		push.facts.content_type = "application/x-www-form-urlencoded";
		push.names[0] = "messagebird-signature-jwt";
		push.values[0] = cases[i].token;
		push.facts.raw_query = cases[i].query;
		body(&push, cases[i].form);
		if (is_genuine(&push) != cases[i].is_good)
			fail_msg("%s", cases[i].what);
		push.values[0] = NULL;
		assert_false(is_genuine(&push));
	}
}

/* What is not compared is not signed. */
static void
a_token_holds_for_the_whole_address(void **state)
{
	static const struct {
		const char *what, *token;
		int query_len;
		bool is_good;
	} cases[] = {
		{ "all of the longest",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6ImFlM2Z"
		    "hMTYzZGY2ZjY2MjNmOTI1ZTI1OTgwZGMzODU4NjM5YWVlY2FlM2U5ZTR"
		    "iNDI0YTMxMmZiMTU5ZjU2YTAifQ.sGw2792wlH349qBIFvM1u8VouY9f"
		    "Xg7_q3XuCuxiot4",
		    8147, true },
		{ "all of a longer one",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6IjA0NGI"
		    "3MWUxZWExYzdlYjc1YjAwZWUzMzhlODI5NTJkOTJkMDBiNDFiYjZkYTA"
		    "0OWVhZjI4ZTRmODAyNzc3MWIifQ.zfxKkv5YTU56LxpaSGLCcajYmeH3"
		    "OodODeKRwDM92z4",
		    8148, false },
		{ "a longer one without its query",
		    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNZXNzYWd"
		    "lQmlyZCIsIm5iZiI6MTcwMDAwMDAwMCwiaWF0IjoxNzAwMDAwMDAwLCJ"
		    "leHAiOjE3MDAwMDAwNjAsImp0aSI6IjEiLCJ1cmxfaGFzaCI6ImNiODZ"
		    "kYjAzNmE3MWU1ZTQ0Mzc2MmFlYTVmMDMxNTBkNjI3OTgzYjVlNTZhZjU"
		    "0Njg0Y2VjZjRlNzYxZWY2ZTMifQ.UUFXvE0h1sxO4emc7WLdGKoKiRJ7"
		    "QQ8pWcoAtGaLXFM",
		    8148, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char query[8200] = "";
		struct push push;

		memset(query, 'a', (size_t)cases[i].query_len);
		push_init(&push, &verify);
		push.names[0] = "messagebird-signature-jwt";
		push.values[0] = cases[i].token;
		push.facts.raw_query = query;
		if (is_genuine(&push) != cases[i].is_good)
			fail_msg("%s", cases[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_holds_for_one_push_and_one_address),
		cmocka_unit_test(a_token_holds_for_the_whole_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
