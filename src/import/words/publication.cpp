// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/publication.h"

#include <algorithm>
#include <ctime>

#include "base/ascii_text.h"

namespace nunmul {
namespace {

constexpr std::string_view kHiding[] = {"draft"};
constexpr std::string_view kShowing[] = {"published", "publish"};
constexpr std::string_view kStatus[] = {"status", "visibility", "post_status"};
constexpr std::string_view kHiddenStatus[] = {"draft", "private", "pending", "trash", "auto-draft"};
constexpr std::string_view kWaitingStatus[] = {"future", "scheduled"};
constexpr std::string_view kDates[] = {"publishdate", "publish_date",   "pubdate",
                                       "date_gmt",    "date_published", "published_at"};
constexpr std::string_view kAnyDate = "date";  // of a post, or of a work's release

bool has(const auto& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// How a flag is set, if it is one.
std::optional<bool> flag(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value != 0;  // as databases write it; a year is no 0
  return value.is_string() ? read_flag(value.get_ref<const std::string&>()) : std::nullopt;
}

std::optional<Time> read_with(const std::string& text, const char* format) {
  std::tm parts{};
  const char* end = strptime(text.c_str(), format, &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  const long offset = parts.tm_gmtoff;
  return Time(std::chrono::seconds(timegm(&parts) - offset));
}

}  // namespace

bool is_publication_field(std::string_view written) {
  const std::string name = to_lower_ascii(written);
  return name == kAnyDate || has(kHiding, name) || has(kShowing, name) || has(kStatus, name) ||
         has(kDates, name);
}

std::optional<Unpublished> find_unpublished(const Json& fields, Time now) {
  const bool is_work = fields.contains("artist") || fields.contains("kind");
  std::optional<Unpublished> waiting;  // it may be published by itself: a date says when
  for (const auto& [written, value] : fields.items()) {
    const std::string name = to_lower_ascii(written);
    if (has(kHiding, name) && flag(value).value_or(false)) return Unpublished{"it is a draft", {}};
    if (has(kShowing, name) && !flag(value).value_or(true)) return Unpublished{"it is not published", {}};
    if (!value.is_string()) continue;
    const std::string& text = value.get_ref<const std::string&>();
    if (has(kStatus, name)) {
      const Unpublished hidden{"its " + written + " is \"" + text + "\"", {}};
      if (has(kHiddenStatus, to_lower_ascii(text))) return hidden;
      if (has(kWaitingStatus, to_lower_ascii(text)) && !waiting) waiting = hidden;
    } else if (has(kDates, name) || (name == kAnyDate && !is_work)) {
      const auto due = read_date(text);
      if (due && *due > now)
        waiting = Unpublished{"it is to be published on " + to_rfc3339(*due).substr(0, 10), due};
    }
  }
  return waiting;
}

std::optional<std::string> find_unread_date(const Json& fields) {
  for (const auto& [written, value] : fields.items()) {
    if (!has(kDates, to_lower_ascii(written)) || !value.is_string()) continue;
    const std::string& text = value.get_ref<const std::string&>();
    if (!trimmed(text).empty() && !read_date(text)) return written;
  }
  return std::nullopt;
}

bool is_among_drafts(const std::filesystem::path& file) {
  return std::any_of(file.begin(), file.end(), [](const auto& part) { return part == "_drafts"; });
}

std::optional<Time> read_date(std::string_view text) {
  if (const auto time = parse_rfc3339(text)) return time;
  if (const auto day = parse_day(text)) return day;
  const std::string date(trimmed(text));
  for (const char* format :
       {"%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M %z",
        "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M",
        "%Y-%m-%d", "%Y/%m/%d", "%a, %d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M:%S %z",
        "%a, %d %b %Y %H:%M:%S GMT"})
    if (const auto time = read_with(date, format)) return time;
  return std::nullopt;
}

}  // namespace nunmul
