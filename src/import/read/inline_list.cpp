// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/inline_list.h"

#include <string>

#include "import/words/characters.h"
#include "import/words/rank_marker.h"

namespace nunmul {
namespace {

constexpr std::size_t kMinMembers = 3;

struct Member {
  std::size_t begin = 0;
  RankMarker marker;
};

// Members that count up from 1 in one style, each behind a space.
std::vector<Member> find_members(const WordLists& words, std::u32string_view text) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_space(text[i]) || (i > 0 && !is_space(text[i - 1]))) continue;
    const auto marker = find_leading_marker(words, text.substr(i));
    if (!marker || marker->style == MarkerStyle::Bare || marker->begin != 0) continue;
    const bool next = members.empty()
                          ? marker->number == 1
                          : marker->style == members[0].marker.style && marker->number == members.size() + 1;
    if (next) members.push_back({i, *marker});
  }
  return members;
}

}  // namespace

std::vector<RawLine> split_inline_lists(const WordLists& words, const std::vector<RawLine>& lines) {
  std::vector<RawLine> split;
  for (const RawLine& line : lines) {
    const std::u32string text = to_utf32(line.text);
    const std::vector<Member> members = find_members(words, text);
    if (members.size() < kMinMembers) {
      split.push_back(line);
      continue;
    }
    if (members[0].begin > 0)
      split.push_back({to_utf8(trimmed(text.substr(0, members[0].begin))), line.number, line.level});
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::size_t end = i + 1 < members.size() ? members[i + 1].begin : text.size();
      std::u32string member =
          trimmed(std::u32string_view(text).substr(members[i].begin, end - members[i].begin));
      while (!member.empty() && (member.back() == U',' || member.back() == U';' || member.back() == U'、'))
        member.pop_back();
      split.push_back({to_utf8(member), line.number, 0});
    }
  }
  return split;
}

}  // namespace nunmul
