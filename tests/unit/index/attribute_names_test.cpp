// SPDX-License-Identifier: GPL-2.0-or-later
// Asking many names at once is asking each of them (attribute_matches), in their order.
#include "index/attribute_names.h"

#include <doctest/doctest.h>

#include <random>

#include "index/settings.h"

TEST_SUITE_BEGIN("index/attribute_names");

using namespace nunmul;

namespace {

std::optional<std::uint32_t> first_of_each(const std::vector<std::string>& names, const std::string& path) {
  for (std::uint32_t i = 0; i < names.size(); ++i)
    if (attribute_matches(names[i], path)) return i;
  return std::nullopt;
}

bool any_of_each_under(const std::vector<std::string>& names, const std::string& path) {
  for (const std::string& name : names)
    if (name.size() > path.size() && name.starts_with(path) && name[path.size()] == '.') return true;
  return false;
}

std::string random_name(std::mt19937& random) {
  const char* kParts[] = {"a", "b", ".", ".", "*", "ab", "눈"};
  std::string name;
  for (std::size_t parts = random() % 5; parts > 0; --parts) name += kParts[random() % std::size(kParts)];
  return name;
}

}  // namespace

TEST_CASE("no name covers anything, and a star everything") {
  CHECK_FALSE(AttributeNames().covers("a"));
  CHECK(AttributeNames({"*"}).covers("a.b"));
  CHECK(AttributeNames({"b", "*", "a"}).first_match("a") == 1u);
}

TEST_CASE("names give what each of them gives") {
  std::mt19937 random(20261124);
  for (int round = 0; round < 3'000; ++round) {
    std::vector<std::string> names;
    for (std::size_t count = random() % 6; count > 0; --count) names.push_back(random_name(random));
    const std::string path = random_name(random);
    CAPTURE(path);
    CAPTURE(names);
    CHECK(AttributeNames(names).first_match(path) == first_of_each(names, path));
    CHECK(AttributeNames(names).any_under(path) == any_of_each_under(names, path));
  }
}
