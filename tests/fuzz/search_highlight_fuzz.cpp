// SPDX-License-Identifier: GPL-2.0-or-later
// Any text with any matches, wrong ones included. Held: a highlighted text without its tags is the text;
// a cropped one without its markers is a part of it that lies between characters.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "search/present/highlighter.h"

namespace {

using namespace nunmul;

constexpr std::string_view kPre = "\x01", kPost = "\x02", kMarker = "\x03";

void require(bool held) {
  if (!held) std::abort();
}

// Words are what stands between spaces.
std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(' ', at);
    if (begin == text.npos) break;
    at = std::min(text.find(' ', begin), text.size());
    Token token;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(at);
    tokens.push_back(token);
  }
  return tokens;
}

// Five bytes a match.
class GivenMatches : public TokenMatcher {
 public:
  explicit GivenMatches(std::string_view bytes) : bytes_(bytes) {}

  std::vector<TokenMatch> find(std::string_view, const std::vector<Token>&) const override {
    std::vector<TokenMatch> matches;
    const auto at = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[i]));
    };
    for (std::size_t i = 0; i + 5 <= bytes_.size(); i += 5)
      matches.push_back({at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4)});
    return matches;
  }

 private:
  std::string_view bytes_;
};

std::string without(std::string text, std::string_view signs) {
  std::erase_if(text, [&](char c) { return signs.find(c) != signs.npos; });
  return text;
}

std::string formatted(const SearchRequest& request, const TokenMatcher& matcher, const Json& document) {
  RequestBudget budget;
  Highlighter highlighter(request, Settings{}, {"t"}, matcher, budget, tokenize);
  Hit hit;
  highlighter.dress(hit, document);
  for (const auto& position : hit.matches_position->value("t", Json::array())) {
    require(position["start"].get<std::size_t>() + position["length"].get<std::size_t>() <=
            document["t"].get_ref<const std::string&>().size());
  }
  return (*hit.formatted)["t"].get<std::string>();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t given = std::min<std::size_t>(static_cast<unsigned char>(input[0]), size - 2);
  const GivenMatches matcher(input.substr(2, given));
  const std::string text = without(std::string(input.substr(2 + given)), "\x01\x02\x03");

  SearchRequest request;
  request.highlight_pre_tag = kPre;
  request.highlight_post_tag = kPost;
  request.crop_marker = kMarker;
  request.show_matches_position = true;
  request.attributes_to_highlight = {"t"};
  const Json document{{"t", text}};
  require(without(formatted(request, matcher, document), "\x01\x02") == text);

  request.attributes_to_crop = {{"t", static_cast<std::uint32_t>(static_cast<unsigned char>(input[1]) % 12)}};
  require(text.find(without(formatted(request, matcher, document), "\x01\x02\x03")) != text.npos);
  return 0;
}
