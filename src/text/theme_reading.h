// SPDX-License-Identifier: GPL-2.0-or-later
// Themes that a Korean word only seems to name: 비는 is rain or "praying", 배우는 an actor or "learning",
// 시인했다 no poet but "confessed".
#pragma once

#include <span>

#include "text/language_resources.h"
#include "text/token.h"

namespace nunmul {

// Whether the match is one word that the dictionary has as a form of a verb of another meaning too, and what
// stands beside it does not say that the noun is meant. Such a theme needs a second witness in its document.
bool may_read_otherwise(const LanguageResources& resources, std::span<const Token> tokens,
                        const ConceptMatch& match);

}  // namespace nunmul
