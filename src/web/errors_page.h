// SPDX-License-Identifier: GPL-2.0-or-later
// The manual of errors: each code of the API with its status, what it means and what to do. In English,
// as the messages of the API are.
#pragma once

#include <string>

#include "base/error.h"
#include "web/page_texts.h"

namespace nunmul {

struct ErrorAdvice {
  std::string meaning;
  std::string remedy;
};

// Says something of every code.
ErrorAdvice advice_on(const ErrorRow& row);

// Each code is an anchor of its name: "/errors#index_not_found".
std::string render_errors(const PageTexts& texts);

}  // namespace nunmul
