// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/track_rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "import/read/table_lines.h"
#include "import/words/characters.h"
#include "import/words/field_names.h"

namespace nunmul {
namespace {

constexpr std::size_t kMinRows = 3;
constexpr std::size_t kLongestCell = 90;  // bytes

using Cells = std::vector<std::string>;

Cells cells_of(std::string_view text) {
  Cells cells;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\x1f', begin), text.size());
    if (std::string cell = clean_text(text.substr(begin, end - begin)); !cell.empty())
      cells.push_back(std::move(cell));
    begin = end + 1;
  }
  return cells;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "3:41", "00:00 / 03:12"
bool is_time(std::string_view text) {
  bool colon = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':' && i > 0 && i + 1 < text.size()) colon = true;
    if (!((c >= '0' && c <= '9') || c == ':' || c == '/' || c == ' ')) return false;
  }
  return colon;
}

// The longest control that stands at this place as whole words, or 0.
std::size_t control_at(const WordLists& words, std::u32string_view text, std::size_t at) {
  std::size_t longest = 0;
  for (const std::u32string& word : words["player control"].utf32) {
    const std::size_t end = at + word.size();
    if (word.size() > longest && text.substr(at).starts_with(word) &&
        (end == text.size() || text[end] == U' '))
      longest = word.size();
  }
  return longest;
}

// Times, signs and the words of a player's controls, and nothing else: "▶ 듣기 ＋ 담기".
bool is_control(const WordLists& words, std::string_view text) {
  if (text.size() > kLongestCell || is_number(text)) return false;
  if (is_time(text)) return true;
  std::u32string left = fold_line(to_utf32(text));
  std::replace_if(
      left.begin(), left.end(), [](char32_t c) { return !is_word(c); }, U' ');
  for (std::size_t at = 0; at < left.size();) {
    const bool digit = char_class(left[at]) == CharClass::Digit;
    const std::size_t size = left[at] == U' ' || digit ? 1 : control_at(words, left, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

bool is_cell(const RawLine& line) { return line.level == 0 && line.text.size() <= kLongestCell; }

// The rows below a head of columns ("Title ␟ Artist"), one line each.
class ColumnRows {
 public:
  ColumnRows(const WordLists& words, const Cells& head)
      : words_(words),
        table_(TableLines::of_head(words, head)),
        numbered_(!head.empty() && names_rank(head[0])) {}

  bool is_table() const { return table_.has_value(); }

  // What the row becomes; nothing for one that is none.
  std::vector<RawLine> row(const RawLine& line) const {
    Cells cells = cells_of(line.text);
    std::erase_if(cells, [&](const std::string& cell) { return is_control(words_, cell); });
    std::string rank;
    if (!numbered_ && cells.size() > 2 && is_number(cells[0])) {
      rank = cells[0] + ". ";
      cells.erase(cells.begin());
    }
    if (cells.size() < 2) return {};
    std::vector<RawLine> lines = table_->lines(cells, line.number);
    if (!lines.empty() && !rank.empty() && lines[0].text.starts_with("- ")) lines[0].text.replace(0, 2, rank);
    if (!lines.empty()) lines.pop_back();
    return lines;
  }

 private:
  bool names_rank(const std::string& name) const {
    return name == "#" || find_field_name(words_, name).field == "rank";
  }

  const WordLists& words_;
  std::optional<TableLines> table_;
  bool numbered_ = false;
};

std::vector<RawLine> with_column_rows(const WordLists& words, const std::vector<RawLine>& lines) {
  std::vector<RawLine> read;
  std::optional<ColumnRows> table;
  for (const RawLine& line : lines) {
    const Cells cells = line.level == 0 ? cells_of(line.text) : Cells();
    if (cells.size() >= 2) {
      if (ColumnRows head(words, cells); head.is_table()) {
        table.emplace(std::move(head));
        continue;
      }
    }
    if (table && !line.text.empty()) {
      if (std::vector<RawLine> row = table->row(line); !row.empty()) {
        read.insert(read.end(), row.begin(), row.end());
        continue;
      }
      if (is_control(words, line.text)) continue;
      table.reset();
    }
    read.push_back(line);
  }
  return read;
}

struct Track {
  std::size_t begin = 0;  // lines [begin, end), controls among them
  std::size_t end = 0;    //
  std::string rank, title, artist, album;
  std::uint32_t number = 0;
};

bool names_field(const WordLists& words, const std::string& text) {
  return text == "#" || !find_field_name(words, text).field.empty();
}

// Title, artist and album come in this order; a fourth text is none of a track.
bool take_cell(Track& track, const RawLine& line) {
  if (!track.album.empty()) return false;
  if (track.title.empty()) track.number = line.number;
  (track.title.empty() ? track.title : track.artist.empty() ? track.artist : track.album) = line.text;
  return true;
}

// A title and an artist on lines of their own, perhaps below a number, and then at least one control.
std::optional<Track> track_at(const WordLists& words, const std::vector<RawLine>& lines, std::size_t at) {
  Track track{at, at, "", "", "", "", 0};
  std::size_t controls = 0;
  bool timed = false;
  for (; track.end < lines.size(); ++track.end) {
    const RawLine& line = lines[track.end];
    if (line.text.empty()) continue;
    if (!is_cell(line)) break;
    const bool rank = track.title.empty() && track.rank.empty() && is_number(line.text);
    if (!rank && is_control(words, line.text)) {
      if (track.artist.empty()) return std::nullopt;
      ++controls;
      timed = timed || is_time(line.text);
      continue;
    }
    if (controls > 0) break;  // the next track
    if (rank)
      track.rank = line.text;
    else if (!take_cell(track, line))
      return std::nullopt;
  }
  if (track.artist.empty() || controls == 0) return std::nullopt;
  // Without a number and a length the third may be a text.
  if (!track.album.empty() && (track.rank.empty() || !timed)) return std::nullopt;
  if (names_field(words, track.title) || names_field(words, track.artist)) return std::nullopt;
  return track;
}

std::vector<RawLine> with_stacked_rows(const WordLists& words, const std::vector<RawLine>& lines) {
  std::vector<RawLine> read;
  for (std::size_t i = 0; i < lines.size();) {
    std::vector<Track> tracks;
    std::size_t end = i;
    const bool may_begin = !lines[i].text.empty() && is_cell(lines[i]) && !is_control(words, lines[i].text);
    while (may_begin && end < lines.size()) {
      const auto track = track_at(words, lines, end);
      if (!track) break;
      end = track->end;
      tracks.push_back(*track);
    }
    if (tracks.size() < kMinRows || words.empty()) {
      read.push_back(lines[i++]);
      continue;
    }
    const auto table = TableLines::of_head(words, {"#", "title", "artist"});
    for (const Track& track : tracks)
      read.push_back(table->lines({track.rank, track.title, track.artist}, track.number).front());
    i = end;
  }
  return read;
}

}  // namespace

std::vector<RawLine> with_track_rows(const WordLists& words, const std::vector<RawLine>& lines) {
  std::vector<RawLine> read = with_stacked_rows(words, with_column_rows(words, lines));
  for (RawLine& line : read)
    if (line.level == 0) std::replace(line.text.begin(), line.text.end(), '\x1f', ' ');
  return read;
}

}  // namespace nunmul
