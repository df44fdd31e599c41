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
constexpr std::string_view kHiddenStatus[] = {"draft", "private",   "pending",   "future",
                                              "trash", "scheduled", "auto-draft"};
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
  if (!value.is_string()) return std::nullopt;
  const std::string text = to_lower_ascii(value.get_ref<const std::string&>());
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  return std::nullopt;
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
  std::optional<Unpublished> hidden;
  for (const auto& [written, value] : fields.items()) {
    const std::string name = to_lower_ascii(written);
    if (has(kHiding, name) && flag(value).value_or(false)) return Unpublished{"it is a draft", {}};
    if (has(kShowing, name) && !flag(value).value_or(true)) return Unpublished{"it is not published", {}};
    if (has(kStatus, name) && value.is_string()) {
      const std::string status = to_lower_ascii(value.get_ref<const std::string&>());
      if (has(kHiddenStatus, status)) hidden = Unpublished{"its " + written + " is \"" + status + "\"", {}};
    }
  }
  for (const auto& [written, value] : fields.items()) {
    const std::string name = to_lower_ascii(written);
    if (!value.is_string() || !(has(kDates, name) || (name == kAnyDate && !is_work))) continue;
    const auto due = read_date(value.get_ref<const std::string&>());
    if (due && *due > now)
      return hidden && hidden->reason.find("future") == std::string::npos
                 ? hidden
                 : Unpublished{"it is to be published on " + to_rfc3339(*due).substr(0, 10), due};
  }
  return hidden;
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
