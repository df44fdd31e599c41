// SPDX-License-Identifier: GPL-2.0-or-later
// Labels of fields' values for those who read them: the theme "rain" is 비 to a Korean. They come from
// labels.json; themes that it leaves out are called by the first words of concepts.json.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace nunmul {

// Safe to read from many threads.
class ValueLabels {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;  // value to label
  using Fields = std::map<std::string, Values, std::less<>>;

  // The last one that is said counts.
  void add(const std::string& language, const std::string& field, const std::string& value,
           std::string label);

  // The label in a language ("ko"), else the value itself. The view is as long-lived as its source.
  std::string_view find(std::string_view language, std::string_view field, std::string_view value) const;

  // Everything in one language; empty if nothing is said in it.
  const Fields& in(std::string_view language) const;

 private:
  std::map<std::string, Fields, std::less<>> languages_;
};

}  // namespace nunmul
