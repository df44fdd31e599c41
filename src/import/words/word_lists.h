// SPDX-License-Identifier: GPL-2.0-or-later
// The words by which the import reads articles, and what others call the fields of an entry: data of the
// folder index/languages/articles, one file a language. Its README says what each list is for.
//   = noise start        a list; its forms follow, one a line
//   sponsored
//   ad_                  _ is a space at either end of a form
//   = field names
//   song title = title song
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// How a form is looked for ends the name; where it says nothing, the one user of the list decides.
constexpr std::string_view kWordLists[] = {"caption anywhere",
                                           "caption start",
                                           "caption end",
                                           "noise whole",
                                           "noise start",
                                           "noise sentence start",
                                           "related anywhere",
                                           "byline start",
                                           "byline anywhere",
                                           "month anywhere",
                                           "contents whole",
                                           "closing start",
                                           "closing end",
                                           "closing sentence anywhere",
                                           "tail whole",
                                           "author sentence anywhere",
                                           "question start",
                                           "question end",
                                           "reader anywhere",
                                           "guide start",
                                           "guide end",
                                           "label whole",
                                           "fact label whole",
                                           "artist label whole",
                                           "sentence end",
                                           "abbreviation whole",
                                           "abbreviation before number",
                                           "abbreviation before name",
                                           "polite end",
                                           "laughter end",
                                           "list anywhere",
                                           "list end",
                                           "artist heading anywhere",
                                           "place unit",
                                           "count unit",
                                           "place word",
                                           "number word",
                                           "rank badge",
                                           "rank behind",
                                           "player control",
                                           "kind first song",
                                           "kind first film",
                                           "kind first drama",
                                           "kind last song",
                                           "kind last film",
                                           "kind last drama",
                                           "kind last cjk song",
                                           "kind last cjk film",
                                           "kind last cjk drama",
                                           "kind other",
                                           "kind name film",
                                           "kind name drama",
                                           "kind bracket film",
                                           "kind bracket drama",
                                           "song anywhere",
                                           "film anywhere",
                                           "drama anywhere",
                                           "soundtrack anywhere",
                                           "badge",
                                           "capital badge",
                                           "year bracket",
                                           "kind prefix",
                                           "moment before work",
                                           "director start",
                                           "credit start",
                                           "credit end",
                                           "artist before",
                                           "artist after",
                                           "guest start",
                                           "surname",
                                           "remark anywhere",
                                           "phrase inside artist",
                                           "joint inside title",
                                           "joint ends title",
                                           "before artist",
                                           "behind artist"};
constexpr std::size_t kWordListCount = std::size(kWordLists);

// A list by its name; a name that is none does not compile.
struct WordList {
  consteval WordList(const char* name)
      : index(static_cast<std::size_t>(std::find(std::begin(kWordLists), std::end(kWordLists), name) -
                                       kWordLists)) {
    if (index == kWordListCount) throw "there is no such list";
  }
  std::size_t index;
};

// The forms of a list, folded by fold_line, in both encodings.
struct Forms {
  std::vector<std::string> utf8;
  std::vector<std::u32string> utf32;
};

struct FieldNameRow {
  std::u32string name;  // compact
  std::string field;    // ours
  std::string kind;     // of entries that have such a field, or ""
};

class WordLists {
 public:
  WordLists() = default;  // all empty
  // The languages come in the order en, ko, ja, then others by name; in a list, too. Empty where the folder
  // is not there. Throws Error(InvalidInput) that names file and line.
  explicit WordLists(const std::filesystem::path& folder);

  bool empty() const { return files_ == 0; }
  const Forms& operator[](WordList list) const { return lists_[list.index]; }
  // If two names stand for one field, the first row wins.
  const std::vector<FieldNameRow>& field_names() const { return field_names_; }

 private:
  friend class WordListReader;

  std::size_t files_ = 0;
  std::array<Forms, kWordListCount> lists_;
  std::vector<FieldNameRow> field_names_;
};

// Anywhere, at the beginning, at the end; whole words or not.
bool contains_any(std::u32string_view folded, const Forms& forms);
bool starts_with_any(std::u32string_view folded, const Forms& forms);
bool ends_with_any(std::u32string_view folded, const Forms& forms);

// The files of such a folder, in their order.
std::vector<std::filesystem::path> word_list_files(const std::filesystem::path& folder);

}  // namespace nunmul
