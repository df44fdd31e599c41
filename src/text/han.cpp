// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/han.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "text/segment.h"

namespace nunmul {
namespace {

constexpr std::size_t kShortKanaWord = 2;

// A clone costs little, an iterator of its own reads rules and dictionary anew.
icu::BreakIterator& word_iterator() {
  static const std::unique_ptr<const icu::BreakIterator> original = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale("ja"), status));
    if (U_FAILURE(status))
      throw std::runtime_error(std::string("ICU has no word iterator: ") + u_errorName(status));
    return made;
  }();
  thread_local const std::unique_ptr<icu::BreakIterator> mine(original->clone());
  return *mine;
}

// ICU has some words across the border of Han characters and katakana (東京タワー), which would keep
// 東京 from finding them. ヶ and ヵ stand for Han characters (関ヶ原).
bool parts(char16_t before, char16_t after) {
  const auto is_word_katakana = [](char16_t c) {
    return char_kind(c) == CharKind::Katakana && c != u'ヶ' && c != u'ヵ';
  };
  return (is_kanji(before) && is_word_katakana(after)) || (is_word_katakana(before) && is_kanji(after));
}

bool is_all_hiragana(std::u32string_view run) {
  return std::all_of(run.begin(), run.end(), [](char32_t c) { return char_kind(c) == CharKind::Hiragana; });
}

void append_utf16(std::u16string& out, char32_t code) {
  if (code < 0x10000) {
    out.push_back(static_cast<char16_t>(code));
  } else {
    out.push_back(static_cast<char16_t>(U16_LEAD(code)));
    out.push_back(static_cast<char16_t>(U16_TRAIL(code)));
  }
}

}  // namespace

void HanWordBreaker::clear() {
  text_.clear();
  run_begins_.clear();
  word_ends_.clear();
  first_words_.clear();
}

void HanWordBreaker::add_run(std::u32string_view run) {
  run_begins_.push_back(static_cast<std::uint32_t>(text_.size()));
  for (const char32_t code : run) append_utf16(text_, code);
  text_.push_back(u' ');
}

void HanWordBreaker::find_words() {
  if (run_begins_.empty()) return first_words_.push_back(0);
  const icu::UnicodeString text(false, text_.data(), static_cast<std::int32_t>(text_.size()));  // no copy
  icu::BreakIterator& iterator = word_iterator();
  iterator.setText(text);
  iterator.first();
  for (std::size_t run = 0; run < run_begins_.size(); ++run) {
    first_words_.push_back(static_cast<std::uint32_t>(word_ends_.size()));
    const std::uint32_t run_end =
        (run + 1 < run_begins_.size() ? run_begins_[run + 1] : static_cast<std::uint32_t>(text_.size())) - 1;
    std::uint32_t at = run_begins_[run];
    std::uint32_t chars = 0;
    while (at < run_end) {
      const std::int32_t border = iterator.next();
      if (border == icu::BreakIterator::DONE) break;
      const std::uint32_t end = std::min(static_cast<std::uint32_t>(border), run_end);
      // A long mark belongs to the kana before it (ろー, not ろ and ー).
      if (end <= at || (end < run_end && text_[end] == u'ー')) continue;
      for (; at < end; ++at) {
        if (at > run_begins_[run] && parts(text_[at - 1], text_[at]) &&
            (word_ends_.size() == first_words_.back() || word_ends_.back() != chars)) {
          word_ends_.push_back(chars);
        }
        chars += U16_IS_TRAIL(text_[at]) ? 0 : 1;
      }
      word_ends_.push_back(chars);
    }
  }
  first_words_.push_back(static_cast<std::uint32_t>(word_ends_.size()));
  static const icu::UnicodeString nothing;
  iterator.setText(nothing);  // it must not remember text_
}

std::span<const std::uint32_t> HanWordBreaker::words(std::size_t run) const {
  return std::span(word_ends_).subspan(first_words_[run], first_words_[run + 1] - first_words_[run]);
}

bool is_han_word(std::u32string_view word, std::size_t run_length) {
  return word.size() > kShortKanaWord || word.size() == run_length || !is_all_hiragana(word);
}

bool is_han_pair(char32_t first, char32_t second) {
  return char_kind(first) != CharKind::Hiragana || char_kind(second) != CharKind::Hiragana;
}

bool is_kanji(char32_t code) { return char_kind(code) == CharKind::Kanji; }

}  // namespace nunmul
