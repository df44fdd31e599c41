// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/judged.h"

#include <charconv>
#include <functional>
#include <sstream>
#include <unordered_map>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"

namespace nunmul {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, std::size_t line, const std::string& problem) {
  throw Error(ErrorCode::InvalidInput, file.string() + ":" + std::to_string(line) + ": " + problem + ".");
}

// Calls visit(line, text) for each line that is not blank.
void for_each_line(const std::filesystem::path& file,
                   const std::function<void(std::size_t, std::string)>& visit) {
  std::string bytes = read_file(file);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  std::istringstream lines(std::move(bytes));
  std::string text;
  for (std::size_t line = 1; std::getline(lines, text); ++line) {
    if (!text.empty() && text.back() == '\r') text.pop_back();
    if (!text.empty()) visit(line, text);
  }
}

std::vector<std::string> cells_of(const std::string& text) {
  std::vector<std::string> cells;
  std::size_t at = 0;
  for (;;) {
    const std::size_t tab = text.find('\t', at);
    cells.push_back(text.substr(at, tab - at));
    if (tab == std::string::npos) return cells;
    at = tab + 1;
  }
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<int> to_grade(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

JudgedQuery read_line(const std::string& text) {
  const Json json = parse_json(text);
  JudgedQuery query;
  query.qid = json.at("qid").get<std::string>();
  query.query = json.at("query").get<std::string>();
  for (const char* group : {"lang", "need", "group"})
    if (json.contains(group)) query.groups.push_back(json.at(group).get<std::string>());
  for (const auto& [id, grade] : json.at("judgments").get_ref<const Json::object_t&>()) {
    if (!grade.is_number_integer())
      throw Error(ErrorCode::InvalidInput, "the grade of " + id + " is no whole number");
    query.judgments[id] = grade.get<int>();
  }
  return query;
}

}  // namespace

std::vector<JudgedQuery> read_judged(const std::filesystem::path& jsonl) {
  std::vector<JudgedQuery> queries;
  for_each_line(jsonl, [&](std::size_t line, const std::string& text) {
    try {
      queries.push_back(read_line(text));
    } catch (const Error& error) {
      fail(jsonl, line, error.what());
    } catch (const nlohmann::json::exception&) {
      fail(jsonl, line,
           "a judged query needs the strings `qid` and `query` and an object `judgments` of grades");
    }
  });
  return queries;
}

std::vector<JudgedQuery> read_judged(const std::filesystem::path& queries_file,
                                     const std::filesystem::path& qrels_file) {
  std::vector<JudgedQuery> queries;
  std::unordered_map<std::string, std::size_t> numbers;
  for_each_line(queries_file, [&](std::size_t line, const std::string& text) {
    const auto cells = cells_of(text);
    if (cells.size() < 2) fail(queries_file, line, "a line needs a query id, a tab and a query");
    if (line == 1 && (cells[0] == "qid" || cells[0] == "query_id" || cells[0] == "query-id")) return;
    if (!numbers.emplace(cells[0], queries.size()).second)
      fail(queries_file, line, "the query id " + cells[0] + " was given before");
    queries.push_back({cells[0], cells[1], {}, {}});
    if (cells.size() > 2 && !cells[2].empty()) queries.back().groups.push_back(cells[2]);
  });
  for_each_line(qrels_file, [&](std::size_t line, const std::string& text) {
    auto cells = text.find('\t') == std::string::npos ? words_of(text) : cells_of(text);
    if (cells.size() == 4) cells.erase(cells.begin() + 1);
    const auto grade = cells.size() == 3 ? to_grade(cells[2]) : std::nullopt;
    if (!grade && line == 1) return;
    if (!grade) fail(qrels_file, line, "a line needs a query id, a document id and a whole grade");
    const auto query = numbers.find(cells[0]);
    if (query != numbers.end()) queries[query->second].judgments[cells[1]] = *grade;
  });
  return queries;
}

}  // namespace nunmul
