// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/article_reader.h"

#include <algorithm>

#include "import/page/description.h"
#include "import/page/list_item.h"
#include "import/page/list_structure.h"
#include "import/page/page_lines.h"
#include "import/page/page_outline.h"
#include "import/read/inline_list.h"
#include "import/read/track_rows.h"
#include "import/title/heading.h"
#include "import/title/title_artist.h"
#include "import/words/article_kind.h"
#include "import/words/characters.h"
#include "import/words/glue.h"
#include "import/words/name_forms.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

constexpr double kLearnedWeight = 3.5;
constexpr std::size_t kWordsOfArtist = 5;

std::string plain(std::u32string_view text) {
  std::u32string clean(text);
  std::replace(clean.begin(), clean.end(), kJoint, U' ');
  return clean_text(to_utf8(clean));
}

std::string folded_title(const PageOutline& page, const ListStructure& list) {
  return list.title == kNoLine ? std::string() : page.lines[list.title].folded;
}

// "Title by Artist", "Title / Artist", "TitleArtist", "«Title» Artist"; "Artist - Title", with one dash and
// no number behind it.
bool names_two(const ListItem& item) {
  const std::u32string folded = fold_line(item.text);
  if (const auto quoted = find_quoted_title(item.text))
    return !quoted->before.empty() || !quoted->after.empty();
  const std::size_t by = folded.find(U" by ");
  if (by != std::u32string::npos && by > 0) return count_words(folded.substr(by + 4)) <= kWordsOfArtist;
  if (folded.find(U" / ") != std::u32string::npos || item.artist_line != kNoLine) return true;
  const std::size_t dash = folded.find(U" - ");
  if (dash == std::u32string::npos) return has_strong_glue(item.text);
  const bool once = folded.find(U" - ", dash + 1) == std::u32string::npos;
  return once && dash + 3 < folded.size() && char_class(folded[dash + 3]) != CharClass::Digit;
}

// Whether nearly each heading has a title and an artist: so are songs named where no word says what is
// listed. Of works most have a bracket with the year or another title besides.
bool names_two_each(const ListStructure& list) {
  const auto bracketed = std::count_if(list.items.begin(), list.items.end(), [](const ListItem& item) {
    return item.text.find_first_of(U"(（") != std::u32string::npos;
  });
  const auto two = std::count_if(list.items.begin(), list.items.end(), names_two);
  return static_cast<std::size_t>(two) * 4 >= list.items.size() * 3 &&
         static_cast<std::size_t>(bracketed) * 2 < list.items.size();
}

// Words of the entries' texts that speak of films or dramas. A song may be called "Last Season".
std::size_t count_screen_words(const WordLists& words, const std::vector<ItemBody>& bodies) {
  std::size_t count = 0;
  for (const ItemBody& body : bodies)
    for (const auto& paragraph : body.paragraphs) {
      const KindWords kinds = count_kind_words(words, to_utf8(fold_line(paragraph)));
      count += static_cast<std::size_t>(kinds.film + kinds.drama);
    }
  return count;
}

std::vector<std::string> folded_sections(const PageOutline& page, const ListStructure& list) {
  std::vector<std::string> sections;
  std::size_t last = kNoLine;
  for (const ListItem& item : list.items) {
    if (item.section == kNoLine || item.section == last) continue;
    last = item.section;
    sections.push_back(page.lines[item.section].folded);
  }
  return sections;
}

std::string_view page_kind(const PageOutline& page, const ListStructure& list,
                           const std::vector<ItemBody>& bodies) {
  const std::vector<std::string> sections = folded_sections(page, list);
  std::vector<std::string> paragraphs;
  for (const ItemBody& body : bodies) {
    for (const auto& paragraph : body.paragraphs) paragraphs.push_back(to_utf8(fold_line(paragraph)));
    for (const auto& caption : body.captions) paragraphs.push_back(to_utf8(fold_line(caption)));
  }
  for (std::size_t i = 0; i < page.lines.size() && i < list.items.front().heading; ++i)
    paragraphs.push_back(page.lines[i].folded);
  const std::string title = folded_title(page, list);
  if (!kind_of_heading(page.words, title) && names_two_each(list) &&
      count_screen_words(page.words, bodies) * 2 < list.items.size())
    return "song";
  const std::string_view kind = kind_of_page(page.words, title, sections, paragraphs);
  if (kind != "other") return kind;
  for (const Line& line : page.lines) paragraphs.push_back(line.folded);  // the FAQ may tell
  const std::string_view told = kind_of_page(page.words, folded_title(page, list), sections, paragraphs);
  return told == "other" && names_two_each(list) ? "song" : told;
}

// By the brackets of its heading or by its section.
std::optional<std::string_view> said_kind(const WordLists& words, const Line& heading,
                                          std::string_view section_folded, std::string_view page_kind) {
  if (page_kind != "song") {
    if (const auto kind = kind_in_brackets(words, heading.text)) return kind;
  }
  if (!section_folded.empty() && !names_films_and_dramas(words, section_folded)) {
    const auto kind = kind_of_heading(words, section_folded);
    // Film and drama lists are mixed often; a part of songs among films is named after the films as well.
    if (kind && (page_kind == "film" || page_kind == "drama" || page_kind == "other") && *kind != "song")
      return kind;
  }
  return std::nullopt;
}

// The kind of each entry by its words.
std::vector<std::optional<std::string_view>> told_kinds(const WordLists& words,
                                                        const std::vector<Line>& lines,
                                                        const ListStructure& list,
                                                        const std::vector<ItemBody>& bodies) {
  std::vector<std::optional<std::string_view>> told;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    std::vector<std::string> texts = {lines[list.items[i].heading].folded};
    for (const auto& paragraph : bodies[i].paragraphs) texts.push_back(to_utf8(fold_line(paragraph)));
    told.push_back(kind_of_entry(words, texts));
  }
  return told;
}

// Whether the page lists films and dramas: its title names both, or names neither and its entries tell of
// both.
bool lists_films_and_dramas(const WordLists& words, std::string_view title, std::string_view kind,
                            const std::vector<std::optional<std::string_view>>& told) {
  if (kind == "song") return false;
  if (names_films_and_dramas(words, title)) return true;
  const auto tells = [&](std::string_view one) {
    return std::find(told.begin(), told.end(), one) != told.end();
  };
  return kind != "other" && !kind_of_heading(words, title) && tells("film") && tells("drama");
}

struct Candidates {
  std::vector<std::vector<Split>> by_item;  // of the songs of one article; others are empty
};

Candidates candidates_of(const WordLists& words, const Article& article, const KnownArtists& known) {
  std::vector<Evidence> evidence;
  evidence.reserve(article.items.size());
  for (const ArticleItem& item : article.items) evidence.emplace_back(words, item.captions, item.paragraphs);
  const auto split_all = [&](const PageHabits& habits) {
    std::vector<std::vector<Split>> all;
    for (std::size_t i = 0; i < article.items.size(); ++i) {
      const ArticleItem& item = article.items[i];
      all.push_back(item.kind == "song" ? split_heading(item.heading, {words, evidence[i], known, habits})
                                        : std::vector<Split>());
    }
    return all;
  };
  std::vector<std::vector<Split>> songs = split_all({});
  std::erase_if(songs, [](const auto& splits) { return splits.empty(); });
  return {split_all(find_habits(words, songs))};
}

void learn(const Article& article, const Candidates& candidates, KnownArtists& known) {
  for (std::size_t i = 0; i < article.items.size(); ++i) {
    const auto& splits = candidates.by_item[i];
    if (!splits.empty() && is_certain(splits.front())) known.learn(splits.front().artist, kLearnedWeight);
  }
}

// Takes "(Goblin)" or "(Goblin OST)" from the artist of a soundtrack's song to the field "from".
void take_work(Entry& entry, bool soundtracks) {
  const std::u32string artist = to_utf32(entry.artist);
  if (artist.empty() || !is_bracket_close(artist.back())) return;
  const std::size_t open = artist.find_last_of(U"([（");
  if (open == std::u32string::npos || open == 0) return;
  const std::u32string inside = artist.substr(open + 1, artist.size() - open - 2);
  const std::u32string folded = fold_line(inside);
  const bool names_ost = folded.find(U"ost") != std::u32string::npos;
  const bool guest = folded.starts_with(U"feat") || folded.starts_with(U"ft") || folded.starts_with(U"with");
  if (guest || !(names_ost || (soundtracks && base_name(artist) == artist))) return;
  entry.artist = to_utf8(trimmed(std::u32string_view(artist).substr(0, open)));
  entry.extra["from"] = to_utf8(inside);
}

bool lists_soundtracks(const WordLists& words, std::string_view folded) {
  const auto& forms = words["soundtrack anywhere"].utf8;
  return std::any_of(forms.begin(), forms.end(),
                     [&](const std::string& form) { return folded.find(form) != std::string_view::npos; });
}

std::string join(const std::vector<std::u32string>& paragraphs) {
  std::string text;
  for (const auto& paragraph : paragraphs) text += (text.empty() ? "" : "\n") + plain(paragraph);
  return text;
}

void set_song(Entry& entry, const ArticleItem& item, const std::vector<Split>& splits, bool soundtracks,
              std::vector<DoubtfulSplit>& doubtful) {
  const Split& best = splits.front();
  entry.title = plain(best.title);
  entry.artist = plain(best.artist);
  take_work(entry, soundtracks);
  const bool parted_on_purpose = best.parting == Parting::Quote || best.parting == Parting::Dash ||
                                 best.parting == Parting::Slash || best.parting == Parting::Line;
  if (!item.artist.empty() && (best.artist.empty() || !parted_on_purpose)) {
    entry.title = plain(unquoted(item.heading));
    entry.artist = plain(item.artist);
    return;
  }
  if (!is_doubtful(best) && !best.artist.empty()) return;
  entry.doubtful = true;
  std::string other;
  if (splits.size() > 1) other = plain(splits[1].title) + " / " + plain(splits[1].artist);
  doubtful.push_back({entry.source, entry.line, plain(item.raw_heading), entry.title, entry.artist,
                      entry.kind, other, Doubt::Split});
}

void set_work(const WordLists& words, Entry& entry, const ArticleItem& item) {
  const WorkTitle work = read_work_title(words, item.heading);
  entry.title = plain(work.title);
  if (count_words(work.remark) >= 2)
    entry.description = plain(work.remark) + (entry.description.empty() ? "" : "\n" + entry.description);
}

// Where nothing says what is listed, a heading with a dash may name title and artist.
void doubt_pair(Entry& entry, const ArticleItem& item, std::vector<DoubtfulSplit>& doubtful) {
  const std::u32string heading = to_utf32(plain(item.heading));
  const std::size_t dash = fold_line(heading).find(U" - ");
  if (dash == std::u32string::npos || to_utf32(entry.title) != heading) return;
  entry.doubtful = true;
  doubtful.push_back({entry.source, entry.line, plain(item.raw_heading), entry.title, "", entry.kind,
                      plain(heading.substr(dash + 3)) + " / " + plain(heading.substr(0, dash)),
                      Doubt::SplitAndKind});
}

// Where only a table of titles can tell a film from a drama.
void find_kind(Entry& entry, const ArticleItem& item, const KnownArtists& known,
               std::vector<DoubtfulSplit>& doubtful) {
  const std::string_view kind = known.kind_of_work(to_utf32(entry.title));
  if (!kind.empty()) {
    entry.kind = kind;
    return;
  }
  entry.doubtful = true;
  doubtful.push_back(
      {entry.source, entry.line, plain(item.raw_heading), entry.title, "", entry.kind, "", Doubt::Kind});
}

void apply(const Override& settled, Entry& entry) {
  if (settled.title) entry.title = *settled.title;
  if (settled.artist) entry.artist = *settled.artist;
  if (settled.kind) entry.kind = *settled.kind;
}

const Override* find_override(const Overrides& overrides, const ArticleItem& item) {
  const Override* settled = overrides.find(item.raw_heading);
  return settled != nullptr ? settled : overrides.find(item.heading);
}

void learn_settled(const Article& article, const Overrides& overrides, KnownArtists& known) {
  for (const ArticleItem& item : article.items) {
    const Override* settled = find_override(overrides, item);
    if (settled != nullptr && settled->artist) known.learn(to_utf32(*settled->artist), kLearnedWeight);
  }
}

Entry make_entry(const ArticleItem& item, const std::string& source) {
  Entry entry;
  entry.kind = item.kind;
  entry.rank = item.rank;
  entry.section = item.section;
  entry.source = source;
  entry.line = item.line;
  entry.description = join(item.paragraphs);
  if (item.year) entry.extra["year"] = *item.year;
  return entry;
}

// "アーティスト：灯" names 灯.
std::u32string without_artist_label(const WordLists& words, const std::u32string& line) {
  const std::string text = to_utf8(line);
  const std::string_view value = artist_label_value(words, text);
  return value.empty() ? line : to_utf32(value);
}

// Directors have two names or more; where many of the brackets hold one word, they are other titles.
BesideYear find_beside_year(const WordLists& words, const ListStructure& list) {
  std::size_t titles = 0;
  std::size_t directors = 0;
  for (const ListItem& item : list.items) {
    const Heading heading = clean_heading(words, item.text, LooseYear::Take);
    if (!heading.year) continue;
    if (!heading.rest.empty())
      ++directors;
    else if (is_bracket_close(heading.text.back()) &&
             std::none_of(heading.text.begin(), heading.text.end(), is_cjk))
      ++titles;
  }
  return titles * 2 >= directors && titles > 0 ? BesideYear::OtherTitle : BesideYear::Director;
}

Article read_lines(const WordLists& words, const std::vector<RawLine>& raw, const std::string& source) {
  Article article;
  article.source = source;
  const std::vector<Line> lines = classify_lines(words, raw);
  const PageOutline page(words, lines);
  const ListStructure list = find_list(page);
  if (list.items.empty()) return article;
  std::vector<ItemBody> bodies;
  for (const ListItem& item : list.items) bodies.push_back(read_body(page, item));
  cut_farewell(words, bodies);
  const std::string_view kind = page_kind(page, list, bodies);
  const auto told = told_kinds(words, lines, list, bodies);
  const bool mixed = lists_films_and_dramas(words, folded_title(page, list), kind, told);
  article.soundtracks = lists_soundtracks(words, folded_title(page, list));
  const BesideYear beside_year = find_beside_year(words, list);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const ListItem& found = list.items[i];
    const Line& line = lines[found.heading];
    ArticleItem item;
    const std::size_t section = found.section != kNoLine ? found.section : list.title;
    auto said = said_kind(words, line,
                          found.section != kNoLine ? lines[found.section].folded : std::string_view(), kind);
    if (!said && mixed) said = told[i];
    item.kind = said.value_or(kind);
    item.kind_unsaid = mixed && !said;
    const LooseYear loose_year = item.kind == "song" ? LooseYear::Leave : LooseYear::Take;
    const Heading heading = clean_heading(words, found.text, loose_year, beside_year);
    item.raw_heading = line.text;
    item.heading = heading.text;
    item.line = line.number;
    item.rank = found.rank;
    item.year = heading.year;
    item.captions = std::move(bodies[i].captions);
    item.paragraphs = std::move(bodies[i].paragraphs);
    item.artist = bodies[i].artist;
    if (!heading.rest.empty()) item.paragraphs.insert(item.paragraphs.begin(), heading.rest);
    if (found.artist_line != kNoLine)
      item.artist = without_artist_label(words, lines[found.artist_line].text);
    if (section != kNoLine) item.section = plain(lines[section].text);
    if (!compact(item.heading).empty())
      article.items.push_back(std::move(item));
    else
      article.passed_over.push_back({line.number, plain(line.text)});
  }
  for (const std::size_t i : list.passed_over)
    article.passed_over.push_back({lines[i].number, plain(lines[i].text)});
  return article;
}

}  // namespace

Article read_article(const WordLists& words, const std::vector<RawLine>& lines, const std::string& source) {
  const std::vector<RawLine> rows = with_track_rows(words, lines);
  Article article = read_lines(words, rows, source);
  return article.items.empty() ? read_lines(words, split_inline_lists(words, rows), source) : article;
}

std::vector<Entry> resolve_articles(const WordLists& words, const std::vector<Article>& articles,
                                    KnownArtists& known, const Overrides& overrides,
                                    std::vector<DoubtfulSplit>& doubtful) {
  for (const Article& article : articles) {
    learn_settled(article, overrides, known);
    learn(article, candidates_of(words, article, known), known);
  }
  std::vector<Entry> entries;
  for (const Article& article : articles) {
    const Candidates candidates = candidates_of(words, article, known);
    for (std::size_t i = 0; i < article.items.size(); ++i) {
      const ArticleItem& item = article.items[i];
      const Override* settled = find_override(overrides, item);
      if (settled != nullptr && settled->skip) continue;
      Entry entry = make_entry(item, article.source);
      if (settled != nullptr && settled->title) {
        apply(*settled, entry);
      } else if (item.kind == "song") {
        set_song(entry, item, candidates.by_item[i], article.soundtracks, doubtful);
      } else {
        set_work(words, entry, item);
        if (settled != nullptr && settled->kind)
          entry.kind = *settled->kind;
        else if (item.kind_unsaid)
          find_kind(entry, item, known, doubtful);
        else if (item.kind == "other")
          doubt_pair(entry, item, doubtful);
      }
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

}  // namespace nunmul
