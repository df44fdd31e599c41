// SPDX-License-Identifier: GPL-2.0-or-later
// Stems of Latin words: English Snowball, as Xapian has it. Words of other languages and alphabets pass
// through it unharmed or a little shortened; documents and queries pass through the same. Only a field
// that settings declare to be of another language gets that language's stems.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

// The stem of a folded word. A contraction has that of its letters (don't, dont), a possessive that of its
// word. Each thread has a stemmer and remembers its last few thousand words.
const std::string& latin_stem(const std::string& word);

// The languages of fields that settings may declare, as far as Xapian has a stemmer for them.
enum class StemLanguage : std::uint8_t {
  English,  // what all other text gets
  Arabic,
  Armenian,
  Basque,
  Catalan,
  Danish,
  Dutch,
  Finnish,
  French,
  German,
  Hungarian,
  Indonesian,
  Irish,
  Italian,
  Lithuanian,
  Nepali,
  Norwegian,
  Portuguese,
  Romanian,
  Russian,
  Spanish,
  Swedish,
  Tamil,
  Turkish,
};

// By the ISO 639-3 code; nothing for a language without a stemmer.
std::optional<StemLanguage> find_stem_language(std::string_view code);

// The same in a language. Words in Latin letters among a language of another alphabet are English there
// too. The reference holds until the thread's next stem of that language. Marks of Latin letters are
// folded away before (mangé is mange), which costs some languages a few endings.
const std::string& latin_stem(const std::string& word, StemLanguage language);

}  // namespace nunmul
