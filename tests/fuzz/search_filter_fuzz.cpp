// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a filter expression. Held: it is read, or refused with a place inside of it; evaluating it
// gives a set of the right size, and its negation exactly the other documents.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "../support/documents_in_columns.h"
#include "base/utf8.h"
#include "search/columns/filter.h"
#include "search/columns/filter_parser.h"

namespace {

using namespace nunmul;

void require(bool held) {
  if (!held) std::abort();
}

const DocumentsInColumns& documents() {
  static const auto columns = [] {
    Settings settings;
    apply_setting(settings, "filterableAttributes", parse_json(R"(["*"])"));
    const Json list = parse_json(
        R"([{"a":1,"b":["x",2,"눈물"]},{"a":"x","c":{"d":true}},{"a":null},{"b":[]},{"a":2.5,"b":""}])");
    return std::make_unique<const DocumentsInColumns>(list, settings);
  }();
  return *columns;
}

// "message\nbegin:end filter", with the columns in the filter and in order.
void check_refusal(std::string_view message, std::string_view filter) {
  require(message.ends_with(filter));
  message.remove_suffix(filter.size());
  const std::size_t line = message.rfind('\n');
  require(line != message.npos);
  char* rest = nullptr;
  const std::string place(message.substr(line + 1));
  const unsigned long begin = std::strtoul(place.c_str(), &rest, 10);
  require(*rest == ':');
  const unsigned long end = std::strtoul(rest + 1, nullptr, 10);
  require(begin >= 1 && begin <= end && end <= count_chars(filter) + 1);
}

void check_evaluation(const Filter& filter) {
  Filter negated;
  negated.kind = Filter::Kind::Not;
  negated.parts.push_back(filter);
  Bitmap found = evaluate(filter, documents());
  require(found.size() == documents().documents());
  found.invert();
  require(found == evaluate(negated, documents()));
  require(!filter.canonical().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // what() of an exception ends at a zero byte.
  const std::string filter(reinterpret_cast<const char*>(data), std::find(data, data + size, 0) - data);
  try {
    check_evaluation(parse_filter_expression(filter, ErrorCode::InvalidSearchFilter));
  } catch (const Error& error) {
    require(error.code() == ErrorCode::InvalidSearchFilter);
    check_refusal(error.what(), filter);
  }
  return 0;
}
