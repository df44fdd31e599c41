// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/evaluation.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>

#include "index/snapshot.h"
#include "search/searcher.h"

namespace nunmul {
namespace {

constexpr std::uint32_t kHits = 100;
constexpr std::size_t kShownHits = 5;

QueryEvaluation ask(const Snapshot& snapshot, const JudgedQuery& judged, SearchRequest request) {
  request.q = judged.query;
  request.limit = kHits;
  request.attributes_to_retrieve = std::vector<std::string>{};
  QueryEvaluation asked{judged.qid, judged.query, judged.groups, {}, {}};
  for (const Hit& hit : Searcher(snapshot).search(request).hits) asked.hits.push_back(hit.id);
  asked.metrics = measure(asked.hits, judged.judgments);
  return asked;
}

std::string row(const std::string& name, const Metrics& m, std::size_t queries) {
  std::array<char, 200> line{};
  std::snprintf(line.data(), line.size(), "%-14s %8.4f %8.4f %9.4f %10.4f %9.4f %8zu\n", name.c_str(),
                m.ndcg10, m.mrr10, m.recall10, m.recall100, m.success1, queries);
  return line.data();
}

std::vector<std::string> first_hits(const QueryEvaluation& query) {
  return {query.hits.begin(),
          query.hits.begin() + static_cast<std::ptrdiff_t>(std::min(kShownHits, query.hits.size()))};
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text.empty() ? "nothing" : text;
}

}  // namespace

Evaluation evaluate(const Generation& generation, const std::vector<JudgedQuery>& queries,
                    const SearchRequest& base) {
  Evaluation evaluation;
  evaluation.queries.resize(queries.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      generation.read([&](const Snapshot& snapshot) {
        for (std::size_t i = next++; i < queries.size(); i = next++)
          evaluation.queries[i] = ask(snapshot, queries[i], base);
      });
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned t = 1; t < std::max(1U, std::thread::hardware_concurrency()); ++t)
      threads.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);

  MeanMetrics overall;
  std::map<std::string, MeanMetrics> groups;
  for (const QueryEvaluation& query : evaluation.queries) {
    overall.add(query.metrics);
    for (const std::string& group : query.groups) groups[group].add(query.metrics);
  }
  evaluation.overall = overall.mean();
  for (const auto& [name, mean] : groups) evaluation.groups[name] = {mean.mean(), mean.queries()};
  return evaluation;
}

Json to_json(const Metrics& m, std::size_t queries) {
  return {{"ndcg@10", m.ndcg10},       {"mrr@10", m.mrr10},       {"recall@10", m.recall10},
          {"recall@100", m.recall100}, {"success@1", m.success1}, {"queries", queries}};
}

Json to_json(const Evaluation& evaluation) {
  Json json;
  json["overall"] = to_json(evaluation.overall, evaluation.queries.size());
  json["groups"] = Json::object();
  for (const auto& [name, group] : evaluation.groups)
    json["groups"][name] = to_json(group.first, group.second);
  json["queries"] = Json::array();
  for (const QueryEvaluation& query : evaluation.queries) {
    Json one = {{"qid", query.qid}, {"query", query.query}};
    if (!query.groups.empty()) one["group"] = query.groups[0];
    one["ndcg@10"] = query.metrics.ndcg10;
    one["hits"] = query.hits;
    json["queries"].push_back(std::move(one));
  }
  return json;
}

std::string to_table(const Evaluation& evaluation) {
  std::string table = "group           nDCG@10   MRR@10 Recall@10 Recall@100 success@1  queries\n";
  for (const auto& [name, group] : evaluation.groups) table += row(name, group.first, group.second);
  return table + row("overall", evaluation.overall, evaluation.queries.size());
}

EvaluationDifference compare(const Evaluation& before, const Evaluation& after) {
  EvaluationDifference difference{before.overall.ndcg10, after.overall.ndcg10, {}, {}};
  for (std::size_t i = 0; i < std::min(before.queries.size(), after.queries.size()); ++i) {
    const QueryEvaluation& a = before.queries[i];
    const QueryEvaluation& b = after.queries[i];
    if (a.metrics.ndcg10 == b.metrics.ndcg10) continue;
    QueryDifference one{a.qid, a.query, a.metrics.ndcg10, b.metrics.ndcg10, first_hits(a), first_hits(b)};
    (one.after > one.before ? difference.better : difference.worse).push_back(std::move(one));
  }
  const auto larger = [](const QueryDifference& x, const QueryDifference& y) {
    return std::abs(x.after - x.before) > std::abs(y.after - y.before);
  };
  std::stable_sort(difference.better.begin(), difference.better.end(), larger);
  std::stable_sort(difference.worse.begin(), difference.worse.end(), larger);
  return difference;
}

std::string to_text(const EvaluationDifference& difference, std::size_t most_queries) {
  std::array<char, 160> line{};
  std::snprintf(line.data(), line.size(), "nDCG@10 %.4f -> %.4f, %zu %s better, %zu worse\n",
                difference.before, difference.after, difference.better.size(),
                difference.better.size() == 1 ? "query" : "queries", difference.worse.size());
  std::string text = line.data();
  for (const auto* list : {&difference.worse, &difference.better}) {
    for (std::size_t i = 0; i < std::min(most_queries, list->size()); ++i) {
      const QueryDifference& one = (*list)[i];
      std::snprintf(line.data(), line.size(), "  %s %.3f -> %.3f  ",
                    one.after > one.before ? "better" : "worse ", one.before, one.after);
      text += line.data() + one.qid + " \"" + one.query + "\"\n      before: " + joined(one.hits_before) +
              "\n      after:  " + joined(one.hits_after) + "\n";
    }
    if (list->size() > most_queries)
      text += "  … and " + std::to_string(list->size() - most_queries) + " more\n";
  }
  return text;
}

Json to_json(const EvaluationDifference& difference) {
  const auto list = [](const std::vector<QueryDifference>& queries) {
    Json json = Json::array();
    for (const QueryDifference& one : queries)
      json.push_back({{"qid", one.qid},
                      {"query", one.query},
                      {"before", one.before},
                      {"after", one.after},
                      {"hitsBefore", one.hits_before},
                      {"hitsAfter", one.hits_after}});
    return json;
  };
  return {{"before", difference.before},
          {"after", difference.after},
          {"better", list(difference.better)},
          {"worse", list(difference.worse)}};
}

}  // namespace nunmul
