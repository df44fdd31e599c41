// SPDX-License-Identifier: GPL-2.0-or-later
// Records are the same wherever the text is cut; quotes, line ends of all kinds and lines without anything.
#include "base/csv_records.h"

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("base/csv_records");

namespace nunmul {
namespace {

// "line|cell|cell\n" for each record, "open\n" for a quote that is not closed.
std::string read(std::string_view text, std::size_t piece,
                 CsvRecords::Quotes quotes = CsvRecords::Quotes::AtStart) {
  CsvRecords records(',', quotes);
  std::string out;
  const auto tell = [&] {
    if (!records.ended()) return;
    out += std::to_string(records.line());
    for (const std::string& cell : records.cells()) out += "|" + cell;
    out += "\n";
  };
  for (std::size_t at = 0; at < text.size(); at += piece)
    for (std::string_view rest = text.substr(at, piece); !rest.empty(); tell())
      rest.remove_prefix(records.read(rest));
  if (records.in_quotes()) return out + "open\n";
  records.finish();
  tell();
  return out;
}

TEST_CASE("records are the same wherever the text is cut") {
  const struct {
    const char* text;
    const char* records;
  } cases[] = {
      {"", ""},
      {"\n\r\n", ""},
      {"a,b\nc,d", "1|a|b\n2|c|d\n"},
      {"a,b\r\nc,d\r\n", "1|a|b\n2|c|d\n"},
      {"a\rb\r\rc\r", "1|a\n2|b\n4|c\n"},
      {"a,\n,\n", "1|a|\n2||\n"},
      {"\n\na\n\nb\n", "3|a\n5|b\n"},
      {"\"a,b\",\"say \"\"so\"\"\"\n", "1|a,b|say \"so\"\n"},
      {"\"a\r\nb\",c\nd\n", "1|a\r\nb|c\n3|d\n"},
      {"\"\"\n", "1|\n"},
      {"\"a\"b,c\"d\"\n", "1|ab|c\"d\"\n"},
      {" \"a\"\n", "1| \"a\"\n"},
      {"a\n\"b\nc", "1|a\nopen\n"},
  };
  for (const auto& row : cases)
    for (const std::size_t piece : {1, 2, 3, 100}) {
      CAPTURE(row.text);
      CAPTURE(piece);
      CHECK(read(row.text, piece) == row.records);
    }
}

TEST_CASE("a quote may open a cell behind blanks, as people write it") {
  const auto lenient = [](std::string_view text) { return read(text, 1, CsvRecords::Quotes::BehindBlanks); };
  CHECK(lenient(" \"a,b\",\t\"c\"\n") == "1|a,b|c\n");
  CHECK(lenient("x \"a\",b\n") == "1|x \"a\"|b\n");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
