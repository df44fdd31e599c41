// SPDX-License-Identifier: GPL-2.0-or-later
// The words by which the import reads articles, and what others call the fields of an entry: data of the
// folder index/languages/articles, one file a language. Its README says what each list is for.
//   = noise start        a list; its forms follow, one a line
//   sponsored
//   ad_                  _ is a space at either end of a form
//   = field names
//   song title = title song
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// How a form is looked for ends the name; where it says nothing, the one user of the list decides.
enum class WordList {
  CaptionAnywhere,
  CaptionStart,
  CaptionEnd,
  NoiseWhole,
  NoiseStart,
  NoiseSentenceStart,
  RelatedAnywhere,
  BylineStart,
  BylineAnywhere,
  MonthAnywhere,
  ContentsWhole,
  ClosingStart,
  ClosingEnd,
  ClosingSentenceAnywhere,
  TailWhole,
  AuthorSentenceAnywhere,
  QuestionStart,
  QuestionEnd,
  LabelWhole,
  FactLabelWhole,
  ArtistLabelWhole,
  SentenceEnd,
  AbbreviationWhole,
  PoliteEnd,
  LaughterEnd,
  ListAnywhere,
  ListEnd,
  PlaceUnit,
  CountUnit,
  PlaceWord,
  NumberWord,
  RankBadge,
  KindFirstSong,
  KindFirstFilm,
  KindFirstDrama,
  KindLastSong,
  KindLastFilm,
  KindLastDrama,
  KindLastCjkSong,
  KindLastCjkFilm,
  KindLastCjkDrama,
  KindOther,
  KindNameFilm,
  KindNameDrama,
  KindBracketFilm,
  KindBracketDrama,
  SongAnywhere,
  FilmAnywhere,
  DramaAnywhere,
  SoundtrackAnywhere,
  Badge,
  YearBracket,
  KindPrefix,
  DirectorStart,
  CreditStart,
  CreditEnd,
  ArtistBefore,
  ArtistAfter,
  GuestStart,
  RemarkAnywhere,
  PhraseInsideArtist,
  JointInsideTitle,
  JointEndsTitle,
  BeforeArtist,
  BehindArtist,
};
constexpr std::size_t kWordListCount = static_cast<std::size_t>(WordList::BehindArtist) + 1;

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
  const Forms& operator[](WordList list) const { return lists_[static_cast<std::size_t>(list)]; }
  // Of two names for one field the first row wins.
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
