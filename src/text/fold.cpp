// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "base/utf8.h"

namespace nunmul {
namespace {

// A base and its marks are normalised together; more of them than this are cut into pieces, since
// putting n marks into their order costs n² steps. Unicode's stream-safe format has 30.
constexpr std::size_t kMaxChunkChars = 64;

const icu::Normalizer2& case_folder() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("ICU has no NFKC_Casefold: ") + u_errorName(status));
  return *instance;
}

// Jamo, as they stand in the blocks for composing and for half width, as the block U+3131… has them.
constexpr char32_t kInitialJamo[] = U"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
constexpr char32_t kFinalJamo[] = U"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

bool is_lone_jamo(char32_t code) { return code >= 0x3131 && code <= 0x318E && code != 0x3164; }

char32_t lone_jamo(char32_t code) {
  if (code >= 0x1100 && code <= 0x1112) return kInitialJamo[code - 0x1100];
  if (code >= 0x1161 && code <= 0x1175) return 0x314F + (code - 0x1161);
  if (code >= 0x11A8 && code <= 0x11C2) return kFinalJamo[code - 0x11A8];
  return code;
}

char32_t widened_jamo(char32_t code) {
  if (code >= 0xFFA1 && code <= 0xFFBE) return 0x3131 + (code - 0xFFA1);
  if (code >= 0xFFC2 && code <= 0xFFC7) return 0x314F + (code - 0xFFC2);
  if (code >= 0xFFCA && code <= 0xFFCF) return 0x3155 + (code - 0xFFCA);
  if (code >= 0xFFD2 && code <= 0xFFD7) return 0x315B + (code - 0xFFD2);
  if (code >= 0xFFDA && code <= 0xFFDC) return 0x3161 + (code - 0xFFDA);
  return code;
}

// Foldings that neither NFKC_Casefold nor taking marks off does.
struct Spelling {
  char32_t letter;
  const char32_t* folded;
};
constexpr Spelling kSpellings[] = {
    {U'ø', U"o"},   {U'đ', U"d"}, {U'ð', U"d"}, {U'ł', U"l"},  {U'æ', U"ae"}, {U'œ', U"oe"}, {U'þ', U"th"},
    {U'ı', U"i"},   {U'ŧ', U"t"}, {U'ħ', U"h"}, {U'ŋ', U"ng"}, {U'ŀ', U"l"},  {U'ĸ', U"k"},  {U'ς', U"σ"},
    {0x200B, U" "}, {U'’', U"'"}, {U'‘', U"'"}, {U'‛', U"'"},  {U'ʼ', U"'"},  {U'ʻ', U"'"},  {U'ʽ', U"'"},
    {U'ʹ', U"'"},   {U'ˈ', U"'"}, {U'′', U"'"}, {U'´', U"'"},  {U'`', U"'"},  {U'ꞌ', U"'"},  {U'՚', U"'"},
};

const char32_t* spelling(char32_t code) {
  for (const Spelling& row : kSpellings) {
    if (row.letter == code) return row.folded;
  }
  return nullptr;
}

bool is_western_mark(char32_t code) { return code >= 0x300 && code <= 0x36F; }

bool loses_marks(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(code), &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK;
}

// The letter under the marks of a Latin or Greek one.
char32_t base_letter(char32_t code) {
  if (code < 0xC0 || !loses_marks(code)) return code;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) || !nfd->getDecomposition(static_cast<UChar32>(code), parts)) return code;
  return static_cast<char32_t>(parts.char32At(0));
}

void append_spelled(std::u32string& out, char32_t code) {
  code = lone_jamo(code);
  if (is_western_mark(code)) return;
  if (const char32_t* folded = spelling(code)) {
    out += folded;
    return;
  }
  const char32_t base = base_letter(code);
  if (base != code) return append_spelled(out, base);
  out.push_back(code);
}

// Any characters that belong together, the slow and general way.
std::u32string fold_chunk(std::u32string_view chunk) {
  if (chunk.size() == 1 && is_lone_jamo(chunk[0])) return std::u32string(chunk);
  if (chunk.size() == 1 && widened_jamo(chunk[0]) != chunk[0]) return {widened_jamo(chunk[0])};
  std::u32string out;
  if (chunk.size() == 1 && spelling(chunk[0])) return spelling(chunk[0]);
  icu::UnicodeString text;
  for (const char32_t code : chunk) text.append(static_cast<UChar32>(code));
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString normal = case_folder().normalize(text, status);
  if (U_FAILURE(status)) return std::u32string(chunk);
  for (std::int32_t i = 0; i < normal.length();) {
    const UChar32 code = normal.char32At(i);
    append_spelled(out, static_cast<char32_t>(code));
    i += U16_LENGTH(code);
  }
  return out;
}

bool begins_chunk_slowly(char32_t code) {
  if (is_lone_jamo(code) || widened_jamo(code) != code || code == 0x200B) return true;
  return case_folder().hasBoundaryBefore(static_cast<UChar32>(code));
}

// The folding of most characters, found by one look for each of the first 65,536.
struct FoldTable {
  std::array<char16_t, 0x10000> alone;  // the folded form where it is one character, else 0
  std::array<bool, 0x10000> begins;     // nothing before it can join with it

  FoldTable() {
    for (char32_t code = 0; code < 0x10000; ++code) fill(code);
  }

 private:
  static bool is_plain(char32_t code) {
    return (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7A3) ||
           (code >= 0xE000 && code <= 0xF8FF);
  }
  void fill(char32_t code) {
    if (is_plain(code)) {
      alone[code] = static_cast<char16_t>(code);
      begins[code] = true;
      return;
    }
    begins[code] = begins_chunk_slowly(code);
    const std::u32string folded = fold_chunk({&code, 1});
    alone[code] = folded.size() == 1 && folded[0] < 0x10000 ? static_cast<char16_t>(folded[0]) : u'\0';
  }
};

const FoldTable& fold_table() {
  static const auto instance = std::make_unique<const FoldTable>();
  return *instance;
}

bool begins_chunk(const FoldTable& rows, char32_t code) {
  return code < 0x10000 ? rows.begins[code] : begins_chunk_slowly(code);
}

class Folder {
 public:
  Folder(std::vector<FoldedChar>& out, std::string_view text, std::size_t to)
      : out_(out), text_(text.substr(0, to)), rows_(fold_table()) {}

  void run(std::size_t at) {
    DecodedChar here = decode_utf8(text_, at);
    while (here.length != 0) {
      const std::size_t next_at = at + here.length;
      const DecodedChar next = decode_utf8(text_, next_at);
      const bool alone = next.length == 0 || begins_chunk(rows_, next.code);
      const char16_t folded = alone && here.code < 0x10000 ? rows_.alone[here.code] : u'\0';
      if (folded != 0) {
        put(folded, at, next_at);
        at = next_at;
        here = next;
      } else {
        at = slow(at);
        here = decode_utf8(text_, at);
      }
    }
  }

 private:
  void put(char32_t code, std::size_t begin, std::size_t end) {
    out_.push_back({code, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // Folds the chunk at `begin` and returns where the next one begins.
  std::size_t slow(std::size_t begin) {
    std::u32string chunk;
    std::size_t end = begin;
    while (chunk.size() < kMaxChunkChars) {
      const DecodedChar next = decode_utf8(text_, end);
      if (next.length == 0 || (!chunk.empty() && begins_chunk(rows_, next.code))) break;
      chunk.push_back(next.code);
      end += next.length;
    }
    for (const char32_t code : fold_chunk(chunk)) put(code, begin, end);
    return end;
  }

  std::vector<FoldedChar>& out_;
  std::string_view text_;
  const FoldTable& rows_;
};

}  // namespace

void fold_into(std::vector<FoldedChar>& out, std::string_view text, std::size_t from, std::size_t to) {
  Folder(out, text, to).run(from);
}

std::u32string fold_utf32(std::string_view text) {
  std::vector<FoldedChar> chars;
  fold_into(chars, text, 0, text.size());
  std::u32string out;
  out.reserve(chars.size());
  for (const FoldedChar& c : chars) out.push_back(c.code);
  return out;
}

std::string fold(std::string_view text) { return to_utf8(fold_utf32(text)); }

}  // namespace nunmul
