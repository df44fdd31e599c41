// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/name_script.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace nunmul {
namespace {

struct ScriptRange {
  std::uint32_t first;
  std::uint32_t last;
  NameScript script;
};
constexpr ScriptRange kRanges[] = {
    {0x41, 0x5A, NameScript::Latin},      {0x61, 0x7A, NameScript::Latin},
    {0xC0, 0x24F, NameScript::Latin},     {0x1100, 0x11FF, NameScript::Hangul},
    {0x1E00, 0x1EFF, NameScript::Latin},  {0x3041, 0x30FF, NameScript::Kana},
    {0x3131, 0x318E, NameScript::Hangul}, {0x31F0, 0x31FF, NameScript::Kana},
    {0x3400, 0x4DBF, NameScript::Han},    {0x4E00, 0x9FFF, NameScript::Han},
    {0xAC00, 0xD7A3, NameScript::Hangul}, {0xF900, 0xFAFF, NameScript::Han},
    {0xFF66, 0xFF9D, NameScript::Kana},   {0x20000, 0x3FFFF, NameScript::Han},
};

NameScript script_of(std::uint32_t code) {
  if (code == 0x30FB || code == 0x30FC) return NameScript::None;  // ・ and ー stand in any name
  for (const ScriptRange& range : kRanges)
    if (code >= range.first && code <= range.last) return range.script;
  return NameScript::None;
}

// Documents are valid UTF-8; what is not gives letters of no script.
std::uint32_t take_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < std::min(length, text.size()); ++i)
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(std::min(length, text.size()));
  return code;
}

}  // namespace

NameScript name_script(std::string_view utf8) {
  std::array<std::size_t, 5> letters{};
  while (!utf8.empty()) ++letters[static_cast<std::size_t>(script_of(take_code_point(utf8)))];
  letters[0] = 0;
  std::size_t& kana = letters[static_cast<std::size_t>(NameScript::Kana)];
  std::size_t& han = letters[static_cast<std::size_t>(NameScript::Han)];
  if (kana > 0) kana += std::exchange(han, 0);
  const auto most = std::max_element(letters.begin(), letters.end());
  return *most == 0 ? NameScript::None : static_cast<NameScript>(most - letters.begin());
}

std::string_view language_of(NameScript script) {
  if (script == NameScript::Hangul) return "ko";
  return script == NameScript::Kana ? "ja" : "";
}

}  // namespace nunmul
