/*
 * cmocka wants these headers before its own, in this order.
 */
#ifndef TESTS_SUPPORT_CMOCKA_FENCE_H
#define TESTS_SUPPORT_CMOCKA_FENCE_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#endif
