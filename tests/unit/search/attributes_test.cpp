// SPDX-License-Identifier: GPL-2.0-or-later
// Selected attributes: names and what is nested under them, within the displayed ones, in the order and
// shape and very text of the document.
#include "search/present/attributes.h"

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("search/attributes");

using namespace nunmul;

namespace {

const char* const kDocument =
    R"({"id":12345678901234567890,"price":1.50,"o":{"b":1,"a":{"x":2}},"list":[{"n":"p","m":1},{"m":2},)"
    R"({"n":["q"]},7],"o.c":3})";

std::string selected(const std::vector<std::string>& names, const std::vector<std::string>& displayed = {"*"},
                     const char* document = kDocument) {
  Settings settings;
  settings.displayed_attributes = displayed;
  const AttributeSelection selection = retrieved_attributes(names, settings);
  return selection.select(document);
}

}  // namespace

TEST_CASE("everything is the text itself") {
  CHECK(selected({"*"}) == kDocument);
  CHECK(selected({"id", "*"}) == kDocument);
  CHECK(retrieved_attributes(std::nullopt, Settings{}).select(std::string_view(" { } ")) == " { } ");
}

TEST_CASE("a name stands for itself and what is nested under it") {
  CHECK(selected({"id"}) == R"({"id":12345678901234567890})");
  CHECK(selected({"price", "id"}) == R"({"id":12345678901234567890,"price":1.50})");
  CHECK(selected({"o"}) == R"({"o":{"b":1,"a":{"x":2}},"o.c":3})");
  CHECK(selected({"o.a"}) == R"({"o":{"a":{"x":2}}})");
  CHECK(selected({"o.a.x", "o.b"}) == R"({"o":{"b":1,"a":{"x":2}}})");
  CHECK(selected({"o.c"}) == R"({"o.c":3})");
  CHECK(selected({"list.n"}) == R"({"list":[{"n":"p"},{"n":["q"]}]})");
  CHECK(selected({"nothing", "price.x"}) == "{}");
  CHECK(selected({}) == "{}");
}

TEST_CASE("only displayed attributes are shown") {
  CHECK(selected({"*"}, {"price"}) == R"({"price":1.50})");
  CHECK(selected({"o"}, {"o.a", "id"}) == R"({"o":{"a":{"x":2}}})");
  CHECK(selected({"o.a"}, {"o"}) == R"({"o":{"a":{"x":2}}})");
  CHECK(selected({"id"}, {"price"}) == "{}");
  CHECK(selected({"*"}, {}) == "{}");
}

TEST_CASE("fields of document routes do not ask for the displayed ones") {
  CHECK(document_fields(std::nullopt).has_all());
  CHECK(document_fields(std::vector<std::string>{"*"}).has_all());
  CHECK(document_fields(std::vector<std::string>{"id"}).select(std::string_view(R"({"a":1,"id":2})")) ==
        R"({"id":2})");
}

TEST_CASE("_vectors comes last unless the document has one") {
  CHECK(with_vectors(R"({"a":1})") == R"({"a":1,"_vectors":{}})");
  CHECK(with_vectors("{}") == R"({"_vectors":{}})");
  CHECK(with_vectors(R"({"_vectors":[1],"a":1})") == R"({"_vectors":[1],"a":1})");
}
