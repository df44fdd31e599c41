// SPDX-License-Identifier: GPL-2.0-or-later
#include "peers.h"

#include <sqlite3.h>
#include <xapian.h>

#include <map>

namespace nunmul::bench {
namespace {

constexpr unsigned kShown = 10;

bool is_phrase(const Query& query) { return query.text.starts_with('"'); }
bool ends_in_prefix(const Query& query) { return !query.text.empty() && query.text.back() != ' '; }

class Fts5 : public Peer {
 public:
  explicit Fts5(const std::filesystem::path& folder) : file_(folder / "fts5.db") {
    sqlite3_open(file_.c_str(), &db_);
    run("PRAGMA journal_mode=WAL; CREATE VIRTUAL TABLE e USING fts5(title, section UNINDEXED, description, "
        "prefix='1 2', tokenize='porter unicode61')");
  }
  ~Fts5() override {
    for (sqlite3_stmt* statement : {search_, filtered_, facets_}) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }

  void build(const std::vector<Entry>& entries) override {
    run("BEGIN");
    sqlite3_stmt* insert = prepare("INSERT INTO e VALUES (?1, ?2, ?3)");
    for (const Entry& entry : entries) {
      int column = 0;
      for (const std::string& text : {entry.title, entry.section, entry.description})
        sqlite3_bind_text(insert, ++column, text.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run("COMMIT");
    const std::string shown =
                          "SELECT title, snippet(e, 2, '<em>', '</em>', '…', 30) FROM e WHERE e MATCH ?1 ",
                      best = "ORDER BY rank LIMIT " + std::to_string(kShown);
    search_ = prepare(shown + best);
    filtered_ = prepare(shown + "AND section = ?2 " + best);
    facets_ = prepare("SELECT section, count(*) FROM e WHERE e MATCH ?1 GROUP BY section");
  }

  void ask(const Query& query, Words words) override {
    const std::string match = match_of(query, words);
    if (query.also == Also::Facets) read_all(facets_, match, "");
    read_all(query.also == Also::Filter ? filtered_ : search_, match, query.section);
  }

  std::uint64_t bytes() const override { return std::filesystem::file_size(file_); }

 private:
  static std::string match_of(const Query& query, Words words) {
    if (is_phrase(query)) return query.text;
    std::string match;
    const std::vector<std::string> asked = words_of(query.text);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (i > 0) match += words == Words::Any ? " OR " : " AND ";
      match += "\"" + asked[i] + "\"" + (i + 1 == asked.size() && ends_in_prefix(query) ? "*" : "");
    }
    return match;
  }

  static void read_all(sqlite3_stmt* statement, const std::string& match, const std::string& section) {
    sqlite3_bind_text(statement, 1, match.c_str(), -1, SQLITE_TRANSIENT);
    if (!section.empty()) sqlite3_bind_text(statement, 2, section.c_str(), -1, SQLITE_TRANSIENT);
    while (sqlite3_step(statement) == SQLITE_ROW) static_cast<void>(sqlite3_column_text(statement, 1));
    sqlite3_reset(statement);
  }

  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr);
    return statement;
  }
  void run(const char* sql) { sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt *search_ = nullptr, *filtered_ = nullptr, *facets_ = nullptr;
};

class PlainXapian : public Peer {
 public:
  explicit PlainXapian(const std::filesystem::path& folder) : folder_(folder / "xapian") {}

  void build(const std::vector<Entry>& entries) override {
    {
      Xapian::WritableDatabase db(folder_.string(), Xapian::DB_CREATE_OR_OVERWRITE);
      for (const Entry& entry : entries) {
        Xapian::Document document;
        Xapian::termpos at = 0;
        constexpr Xapian::termcount kTitle = 3;
        for (const std::string& word : words_of(entry.title)) document.add_posting(word, ++at, kTitle);
        at += 100;
        for (const std::string& word : words_of(entry.description)) document.add_posting(word, ++at);
        document.add_boolean_term("XS" + entry.section);
        document.add_value(0, entry.section);
        document.set_data(entry.title + "\n" + entry.description);
        db.add_document(document);
      }
      db.commit();
    }
    db_ = Xapian::Database(folder_.string());
  }

  void ask(const Query& query, Words words) override {
    Xapian::Enquire enquire(db_);
    Xapian::Query asked = query_of(query, words);
    if (query.also == Also::Filter)
      asked = Xapian::Query(Xapian::Query::OP_FILTER, asked, Xapian::Query("XS" + query.section));
    enquire.set_query(asked);
    Xapian::ValueCountMatchSpy sections(0);
    if (query.also == Also::Facets) enquire.add_matchspy(&sections);
    const bool all = query.also == Also::Facets;
    const Xapian::MSet best = enquire.get_mset(0, kShown, all ? db_.get_doccount() : kShown + 1);
    const Xapian::Stem no_stem;
    for (auto hit = best.begin(); hit != best.end(); ++hit) {
      const std::string data = hit.get_document().get_data();
      static_cast<void>(best.snippet(data.substr(data.find('\n') + 1), 200, no_stem));
    }
  }

  std::uint64_t bytes() const override { return bytes_below(folder_); }

 private:
  static Xapian::Query query_of(const Query& query, Words words) {
    std::vector<std::string> asked = words_of(query.text);
    if (asked.empty()) return {};
    if (is_phrase(query)) return {Xapian::Query::OP_PHRASE, asked.begin(), asked.end()};
    std::vector<Xapian::Query> parts;
    for (const std::string& word : asked) parts.emplace_back(word);
    if (ends_in_prefix(query))
      parts.back() = Xapian::Query(Xapian::Query::OP_WILDCARD, asked.back(), 100,
                                   Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT);
    return {words == Words::Any ? Xapian::Query::OP_OR : Xapian::Query::OP_AND, parts.begin(), parts.end()};
  }

  std::filesystem::path folder_;
  Xapian::Database db_;
};

}  // namespace

std::unique_ptr<Peer> make_fts5(const std::filesystem::path& folder) {
  return std::make_unique<Fts5>(folder);
}
std::unique_ptr<Peer> make_plain_xapian(const std::filesystem::path& folder) {
  return std::make_unique<PlainXapian>(folder);
}

std::uint64_t bytes_below(const std::filesystem::path& folder) {
  std::uint64_t total = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
    if (file.is_regular_file()) total += file.file_size();
  return total;
}

}  // namespace nunmul::bench
