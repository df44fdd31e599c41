// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/edict.h"

#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/ascii_text.h"

namespace nunmul {
namespace {

constexpr std::string_view kCommonMark = "/(P)/";

// The lines of common entries, in the file's encoding. No byte of a character beyond ASCII is one of
// ASCII there, so lines and marks can be looked for as bytes.
std::string common_lines(std::string_view euc_jp) {
  std::string lines;
  while (!euc_jp.empty()) {
    const std::size_t end = std::min(euc_jp.find('\n'), euc_jp.size());
    std::string_view line = euc_jp.substr(0, end);
    euc_jp.remove_prefix(std::min(end + 1, euc_jp.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.ends_with(kCommonMark)) lines.append(line).push_back('\n');
  }
  return lines;
}

std::string to_utf8_from(const char* encoding, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     &ucnv_close);
  if (U_FAILURE(status)) return {};
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(),
                                status);
  std::string out;
  return U_FAILURE(status) ? out : text.toUTF8String(out);
}

// Takes out what stands in round or curly brackets, nested ones included.
void drop_bracketed(std::string& text) {
  std::size_t kept = 0;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '{')
      ++depth;
    else if ((c == ')' || c == '}') && depth > 0)
      --depth;
    else if (c == '\n')
      depth = 0, text[kept++] = c;
    else if (depth == 0)
      text[kept++] = c;
  }
  text.resize(kept);
}

void read_line(std::string_view line, const std::function<void(const EdictEntry&)>& take) {
  EdictEntry entry;
  const std::size_t first_slash = line.find('/');
  if (first_slash == std::string_view::npos) return;
  entry.headword = line.substr(0, std::min(line.find(' '), first_slash));
  line.remove_prefix(first_slash + 1);
  while (!line.empty()) {
    const std::size_t end = std::min(line.find('/'), line.size());
    if (const std::string_view gloss = trimmed(line.substr(0, end)); !gloss.empty())
      entry.glosses.push_back(gloss);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  if (!entry.headword.empty() && !entry.glosses.empty()) take(entry);
}

}  // namespace

void read_edict(std::string_view euc_jp, const std::function<void(const EdictEntry&)>& take) {
  std::string text = to_utf8_from("EUC-JP", common_lines(euc_jp));
  drop_bracketed(text);
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    read_line(rest.substr(0, end), take);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

}  // namespace nunmul
