// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/yaml_fields.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/document_limit.h"
#include "base/error.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxLevels = 40;
constexpr std::size_t kMaxValues = 10'000;

// A plain scalar that reads as JSON's null, boolean or number is one; all else is text.
Json scalar(const std::string& tag, const std::string& text) {
  if (tag == "!") return text;  // quoted
  if (text == "true" || text == "false") return text == "true";
  if (text.empty() || text == "null" || text == "~") return nullptr;
  const bool number = text.find_first_not_of("0123456789+-.eE") == std::string::npos &&
                      (text.size() == 1 || text[0] != '0' || text[1] == '.');
  if (!number) return text;
  try {
    return parse_json(text);
  } catch (const Error&) {
    return text;
  }
}

// The size of a value, everything in it included.
struct Size {
  std::size_t values = 0;
  std::size_t bytes = 0;
  std::size_t levels = 0;  // of arrays and objects, itself included

  void add(const Size& inner) {
    values += inner.values;
    bytes += inner.bytes;
    levels = std::max(levels, inner.levels + 1);
  }
};

struct Value {
  Json json;
  Size size;
};

// Builds the JSON out of the parser's events.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::uint32_t first_line) : first_line_(first_line) {}

  Json take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { OnScalar(mark, "", anchor, ""); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    Value value{wants_key() ? Json(text) : scalar(tag, text), {1, text.size(), 0}};
    count(mark, value.size);
    place(anchor, std::move(value));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end()) fail(mark, "an alias stands inside of what it names");
    count(mark, named->second.size);
    place(YAML::NullAnchor, named->second);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, anchor, Json::array());
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, anchor, Json::object());
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  // A sequence or map that has not ended yet.
  struct Open {
    YAML::anchor_t anchor;
    Value value;
    std::optional<std::string> key;  // of a map: of the value that comes next
  };

  [[noreturn]] void fail(const YAML::Mark& mark, const std::string& problem) const {
    throw Error(
        ErrorCode::InvalidInput,
        "line " + std::to_string(first_line_ + static_cast<std::uint32_t>(mark.line)) + ": " + problem);
  }

  bool wants_key() const {
    return !open_.empty() && open_.back().value.json.is_object() && !open_.back().key;
  }

  void count(const YAML::Mark& mark, const Size& size) {
    values_ += size.values;
    bytes_ += size.bytes;
    if (values_ > kMaxValues)
      fail(mark, "the front matter has more than 10,000 values; an alias counts as all that it stands for");
    if (bytes_ > kMaxDocumentBytes) fail(mark, "the front matter " + too_large_for_document());
    if (open_.size() + size.levels > kMaxLevels) fail(mark, "the front matter is nested too deeply");
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, Json json) {
    count(mark, {1, 0, 1});
    open_.push_back({anchor, {std::move(json), {1, 0, 1}}, std::nullopt});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    place(done.anchor, std::move(done.value));
  }

  void place(YAML::anchor_t anchor, Value value) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = value;
    if (open_.empty()) {
      root_ = std::move(value.json);
      return;
    }
    Open& parent = open_.back();
    parent.value.size.add(value.size);
    if (parent.value.json.is_array())
      parent.value.json.push_back(std::move(value.json));
    else if (!parent.key)
      parent.key = value.json.is_string() ? value.json.get<std::string>() : "";
    else
      parent.value.json[*std::exchange(parent.key, std::nullopt)] = std::move(value.json);
  }

  const std::uint32_t first_line_;
  Json root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Value> anchors_;
  std::size_t values_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Json read_yaml(std::string_view text, std::uint32_t first_line) {
  std::istringstream stream{std::string(text)};
  Builder builder(first_line);
  try {
    YAML::Parser(stream).HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    // Its lines count from 0.
    throw Error(ErrorCode::InvalidInput,
                "line " + std::to_string(first_line + static_cast<std::uint32_t>(error.mark.line)) +
                    ": broken YAML: " + error.msg);
  }
  return builder.take();
}

}  // namespace nunmul
