// SPDX-License-Identifier: GPL-2.0-or-later
// The words of articles are data: every list has forms in the tree, a new language is one file, and a mistake
// is named with file and line.
#include "import/words/word_lists.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/files.h"
#include "support/temp_dir.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/word_lists");

namespace nunmul {
namespace {

std::string error_of(std::string_view text) {
  const TempDir folder;
  write_file_atomically(folder / "xx.txt", text);
  try {
    const WordLists words(folder.path());
  } catch (const Error& error) {
    const std::string message = error.what();
    return message.substr(message.find("xx.txt"));
  }
  return "";
}

TEST_CASE("each list of the tree has forms") {
  std::string texts;
  for (const auto& file : word_list_files(kWordListFolder)) texts += read_file(file);
  for (const std::string_view list : kWordLists) {
    CAPTURE(list);
    CHECK(texts.find("\n= " + std::string(list) + "\n") != std::string::npos);
  }
  CHECK(tree_words().field_names().size() > 100);
}

TEST_CASE("a file holds lists of forms, comments, and names of fields") {
  const TempDir folder;
  write_file_atomically(folder / "xx.txt",
                        "# comment\n\n= noise start\r\nad_\r\n_x\n\n= weak field names\nanno = year\n"
                        "= field names\nTitolo del film = title film\n");
  const WordLists words(folder.path());
  CHECK(words["noise start"].utf8 == std::vector<std::string>{"ad ", " x"});
  CHECK(words["noise start"].utf32 == std::vector<std::u32string>{U"ad ", U" x"});
  REQUIRE(words.field_names().size() == 2);
  CHECK(words.field_names()[0].name == U"titolodelfilm");
  CHECK(words.field_names()[0].kind == "film");
  CHECK(words.field_names()[1].field == "year");
}

TEST_CASE("a mistake is named with file and line") {
  CHECK(error_of("= noise start\nad\n") == "");
  CHECK(error_of("# words\n= noises\n") == "xx.txt:2: there is no list \"noises\"");
  CHECK(error_of("ad\n") == "xx.txt:1: a form stands before the first list (= NAME)");
  CHECK(error_of("= noise start\nＡd\n") ==
        "xx.txt:2: \"Ａd\" would never be found; write it in lower case and half width: \"ad\"");
  CHECK(error_of("= noise start\n\xff\n") == "xx.txt:2: the line is not UTF-8");
  CHECK(error_of("= field names\nname\n") ==
        "xx.txt:2: a name and what it means were expected: NAME = FIELD KIND");
  CHECK(error_of("= field names\nname = label\n") == "xx.txt:2: there is no field \"label\"");
  CHECK(error_of("= field names\nname = title book\n") == "xx.txt:2: there is no kind \"book\"");
}

TEST_CASE("a file more is a language more") {
  const TempDir folder;
  const std::string article =
      "Canciones tristes\n\n1. Lluvia - Ana\n\nUna cosa.\n\n2. Viento - Eva\n\nOtra cosa.\n\n"
      "Conclusiones\n\n3. Mar - Luz\n\nLa tercera cosa.\n";
  write_file_atomically(folder / "a.txt", article);
  CHECK(import_files({folder / "a.txt"}, with_words()).entries.size() == 3);
  std::filesystem::create_directory(folder / "words");
  for (const auto& file : word_list_files(kWordListFolder))
    std::filesystem::copy_file(file, folder / "words" / file.filename());
  write_file_atomically(folder / "words" / "es.txt", "= kind first film\ncanciones\n");
  ImportOptions options;
  options.word_lists = folder / "words";
  const ImportResult result = import_files({folder / "a.txt"}, options);
  REQUIRE(result.entries.size() == 3);
  CHECK(result.entries[0].kind == "film");
}

TEST_CASE("without word lists no article is read, documents are") {
  const TempDir folder;
  write_file_atomically(folder / "a.txt", "Songs\n\n1. Rain - IU\n\nA song.\n");
  write_file_atomically(folder / "b.ndjson", "{\"id\":\"b\",\"title\":\"Snow\"}\n");
  ImportOptions options;
  options.word_lists = folder / "none";
  const ImportResult result = import_files({folder.path()}, options);
  CHECK(result.entries.size() == 1);
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].message ==
        "it can only be read as an article, which needs word lists; there are none in " +
            (folder / "none").string());
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
