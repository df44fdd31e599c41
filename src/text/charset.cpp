// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/uset.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "base/error.h"
#include "base/utf8.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status), ucnv_close);
  if (U_FAILURE(status)) converter.reset();
  return converter;
}

struct CharsetRow {
  const char* name;    // as people know it
  const char* icu;     // its converter
  const char* common;  // the part of it that texts are written in
};
constexpr CharsetRow kCharsets[] = {{"CP949", "windows-949", "EUC-KR"},
                                    {"CP932", "windows-31j", "Shift_JIS"},
                                    {"EUC-JP", "EUC-JP", "EUC-JP"}};
constexpr CharsetRow kWide[] = {{"UTF-16LE", "UTF-16LE", "UTF-16LE"}, {"UTF-16BE", "UTF-16BE", "UTF-16BE"}};

constexpr std::size_t kSample = 1 << 18;  // bytes that are looked at
constexpr double kGood = 0.35;            // share of the characters beyond ASCII that must speak for it
constexpr double kMargin = 0.2;           // that the next encoding must be behind

// The characters of an encoding that texts are written in.
using CommonSet = std::unique_ptr<USet, decltype(&uset_close)>;

CommonSet common_of(const CharsetRow& row) {
  CommonSet set(uset_openEmpty(), uset_close);
  UErrorCode status = U_ZERO_ERROR;
  if (const Converter converter = open_converter(row.common))
    ucnv_getUnicodeSet(converter.get(), set.get(), UCNV_ROUNDTRIP_SET, &status);
  return set;
}

bool is_kana(char32_t c) { return c >= 0x3041 && c <= 0x30FE; }
bool is_han(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }
bool is_neutral(char32_t c) {
  return (c >= 0x3000 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x2010 && c <= 0x203B) ||
         (c >= 0x2460 && c <= 0x24FF) || c == 0xB7;
}

// -1 to 1: what speaks for the text, less what speaks against it, of its characters beyond ASCII.
double plausibility(std::string_view text, const USet& common) {
  double hangul = 0, kana = 0, han = 0, odd = 0, all = 0;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar one = decode_utf8(text, at);
    at += one.length;
    if (one.code < 0x80 || is_neutral(one.code)) {
      odd += one.code < 0x20 && one.code != '\n' && one.code != '\r' && one.code != '\t' ? 1 : 0;
      continue;
    }
    ++all;
    const bool known = uset_contains(&common, static_cast<UChar32>(one.code)) != 0;
    if (is_syllable(one.code) && known)
      ++hangul;
    else if (is_kana(one.code))
      ++kana;
    else if (is_han(one.code) && known)
      ++han;
    else
      ++odd;
  }
  if (all == 0) return odd > 0 ? -1 : 0;
  // Japanese has kana between its Han, Korean hardly any Han at all.
  const double witnessed = std::min(han, std::max(3 * kana, hangul / 4));
  const double unlikely = odd + std::min(hangul, kana) + (han - witnessed) / 2;
  return (std::max(hangul, kana) + witnessed - unlikely) / all;
}

// Whether most of what is not ASCII is UTF-8.
bool is_mostly_utf8(std::string_view text) {
  std::size_t good = 0, bad = 0;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar one = decode_utf8(text, at);
    const bool valid = one.length > 1;
    good += valid ? 1 : 0;
    bad += !valid && static_cast<unsigned char>(text[at]) >= 0x80 ? 1 : 0;
    at += one.length;
  }
  return good > bad;
}

// A beginning that ends with a line, or with a sign that is no part of another character, so that none is
// cut. A newline of UTF-16 may be the first or the second of its two bytes.
std::string_view sample_of(std::string_view bytes, bool wide) {
  if (bytes.size() <= kSample) return bytes;
  const std::size_t end = wide ? bytes.rfind('\n', kSample - 2) : bytes.find_last_of("\n ,<>\"", kSample - 1);
  if (end == std::string_view::npos) return bytes.substr(0, kSample);
  return bytes.substr(0, wide ? (end + 2) / 2 * 2 : end);
}

}  // namespace

bool is_charset(const std::string& name) { return open_converter(name.c_str()) != nullptr; }

std::optional<std::string> from_charset(std::string_view bytes, const std::string& name) {
  const auto known = std::find_if(std::begin(kCharsets), std::end(kCharsets),
                                  [&](const CharsetRow& row) { return row.name == name; });
  const Converter converter = open_converter(known != std::end(kCharsets) ? known->icu : name.c_str());
  if (!converter) throw Error(ErrorCode::InvalidInput, "The encoding \"" + name + "\" is not known.");
  constexpr std::size_t kMaxBytes = std::numeric_limits<std::int32_t>::max() - 2;  // as ICU counts them
  if (bytes.size() > kMaxBytes)
    throw Error(ErrorCode::InvalidInput,
                "A text in " + name + " of more than 2 GiB cannot be read; split it.");
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::u16string units(bytes.size() + 2, u'\0');
  const auto length = ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()),
                                    bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string text;
  icu::UnicodeString(false, units.data(), length).toUTF8String(text);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

CharsetGuess guess_charset(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return {"UTF-16LE", {"UTF-16LE"}};
  if (bytes.starts_with("\xFE\xFF")) return {"UTF-16BE", {"UTF-16BE"}};
  // Where a text has a newline or a space, UTF-16 has a NUL, and no other encoding has one.
  const bool wide = bytes.find('\0') != std::string_view::npos;
  if (!wide && is_mostly_utf8(bytes)) return {};
  struct Scored {
    double score;
    std::string name;
  };
  std::vector<Scored> scored;
  const auto score = [&](const CharsetRow& row) {
    const auto text = from_charset(sample_of(bytes, wide), row.name);
    if (!text || text->find('\0') != std::string::npos) return;
    scored.push_back({plausibility(*text, *common_of(row)), row.name});
  };
  if (wide)
    for (const CharsetRow& row : kWide) score(row);
  else
    for (const CharsetRow& row : kCharsets) score(row);
  std::stable_sort(scored.begin(), scored.end(),
                   [](const Scored& a, const Scored& b) { return a.score > b.score; });
  CharsetGuess guess;
  for (const Scored& one : scored) guess.candidates.push_back(one.name);
  const double second = scored.size() > 1 ? scored[1].score : -1;
  if (!scored.empty() && scored[0].score >= (wide ? 0 : kGood) && scored[0].score - second >= kMargin)
    guess.charset = scored[0].name;
  return guess;
}

}  // namespace nunmul
