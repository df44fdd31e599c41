// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <malloc.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/listen_address.h"
#include "cli/master_key.h"
#include "cli/private_files.h"
#include "cli/service_manager.h"
#include "engine/engine.h"
#include "http/error_response.h"
#include "http/http_api.h"
#include "http/http_server.h"
#include "http/listener.h"
#include "http/page_key.h"
#include "http/server_metrics.h"
#include "http/server_url.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr std::size_t kMinPublicKeyBytes = 16;
constexpr double kMaxRequestMs = 86'400'000, kMaxKeptCopies = 1'000'000, kMaxLogDays = 36'500;

struct ServeOptions {
  std::string data_dir = "data";
  std::string listen = "127.0.0.1:7700";
  std::string master_key;
  std::string master_key_file;
  std::vector<std::string> cors_origins;
  std::vector<std::string> allowed_hosts;
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> rate_limits;
  std::size_t kept_copies = 10;
  std::size_t max_body_bytes = 100 * 1000 * 1000;
  RequestLimits request;
  std::int64_t request_ms = request.time.count();
  std::string public_url;
  std::string page_key;
  std::string page_index = "entries";
  std::string import_dump;
  std::string languages;
  std::string dictionaries;
  bool allow_public_without_key = false;
  bool no_private_webhooks = false;
  bool query_log = false;
  unsigned query_log_days = QueryLogOptions{}.retention_days;
  bool log_requests = false;
  std::string log_format = log_format_names().front();
  std::string log_file;
};

// A signal handler reaches nothing else.
std::atomic<HttpServer*> running_server = nullptr;
std::atomic<bool> is_stopping = false;

// Safe at any time: what was acknowledged is durable.
void end_at_once(int) { ::_exit(0); }

// Work that does not end by itself, such as copying a large snapshot, begins anew after the next start.
void stop_serving(int) {
  if (is_stopping.exchange(true)) ::_exit(1);
  constexpr itimerval kLongestStop{{0, 0}, {11, 800'000}};
  ::setitimer(ITIMER_REAL, &kLongestStop, nullptr);
  if (HttpServer* server = running_server.load()) server->stop();
}

class StopOnSignals {
 public:
  explicit StopOnSignals(HttpServer& server) {
    running_server = &server;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGHUP, [](int) { reopen_log(); });  // of a terminal that closes, too: it ends nothing
    std::signal(SIGTERM, stop_serving);
    std::signal(SIGINT, stop_serving);
    std::signal(SIGALRM, end_at_once);
  }
  ~StopOnSignals() { running_server = nullptr; }
  StopOnSignals(const StopOnSignals&) = delete;
  StopOnSignals& operator=(const StopOnSignals&) = delete;
};

// "https://search.example", perhaps with a path, of which the slash at the end is taken. Returns what is
// wrong.
std::string read_public_url(std::string& url) {
  while (url.ends_with('/')) url.pop_back();
  const bool has_scheme = url.starts_with("http://") || url.starts_with("https://");
  if (!has_scheme || url.ends_with(':') || url.find_first_of(" \t\r\n?#\"<>") != std::string::npos)
    return "takes an address such as https://search.example.";
  return "";
}

// A key that cannot be guessed, since whoever has it may change and delete everything.
void require_key_in_public(const ServeOptions& options, const ListenAddress& address,
                           const std::optional<std::string>& key) {
  if (options.allow_public_without_key || is_loopback(address.host)) return;
  const std::string reach = "Others can reach " + options.listen + ", and ";
  if (!key)
    throw HintedError(
        ErrorCode::InvalidInput, reach + "without a master key they may change and delete everything.",
        "give a key with --master-key-file, listen on 127.0.0.1, or say --allow-public-without-key");
  if (key->size() < kMinPublicKeyBytes)
    throw HintedError(ErrorCode::InvalidInput,
                      reach + "a master key of " + std::to_string(key->size()) +
                          " bytes can be guessed: at least " + std::to_string(kMinPublicKeyBytes) +
                          " are needed there.",
                      "make one with: openssl rand -hex 32");
}

TrustedProxies read_proxies(const std::vector<std::string>& addresses) {
  try {
    return TrustedProxies(addresses);
  } catch (const Error& error) {
    throw WrongUse("--trusted-proxy: " + std::string(error.what()));
  }
}

RateLimits rate_limits_of(const ServeOptions& options) {
  try {
    return read_rate_limits(options.rate_limits);
  } catch (const Error& error) {
    throw WrongUse("--rate-limit: " + std::string(error.what()));
  }
}

HttpServerOptions server_options(const ServeOptions& options, const ListenAddress& address,
                                 const Engine& engine, const HttpApi& api, ServerMetrics& metrics) {
  HttpServerOptions server;
  server.host = address.host;
  server.port = address.port;
  server.inherited_listeners = activation_sockets();
  server.proxies = read_proxies(options.trusted_proxies);
  server.admin.max_body_bytes = options.max_body_bytes;
  server.request = options.request;
  server.request.time = std::chrono::milliseconds(options.request_ms);
  // The front's own refusals go by the one origin that it knows.
  server.allowed_origin = options.cors_origins.empty() ? "*" : options.cors_origins.front();
  server.public_url = options.public_url;
  server.metrics = &metrics;
  server.spool_folder = engine.spool_folder();
  server.classify = [&api](const std::string& method, const std::string& path) {
    return api.limits_of(method, path);
  };
  server.refuse_upload = [&api](const HttpRequest& head) { return api.refuse_upload(head); };
  return server;
}

std::vector<std::string> own_hosts(const ServeOptions& options, const ListenAddress& address) {
  std::vector<std::string> hosts = options.allowed_hosts;
  const std::vector<int> inherited = activation_sockets();
  if (inherited.empty()) hosts.push_back(address.host);
  for (const int socket : inherited) hosts.push_back(host_of(socket));
  return hosts;
}

std::unique_ptr<HttpServer> listen(const HttpServerOptions& options, const HttpApi& api) {
  try {
    return std::make_unique<HttpServer>(options,
                                        [&api](HttpRequest& request) { return api.handle(request); });
  } catch (const Error& error) {
    if (std::string_view(error.what()).find(std::strerror(EADDRINUSE)) == std::string_view::npos) throw;
    throw HintedError(error.code(), error.what(),
                      "something listens there already, perhaps another `nunmul serve`; --listen " +
                          options.host + ":0 takes a free port and says which");
  }
}

// Else every thread keeps what its largest answer needed, and large texts leave holes among small ones.
void keep_memory_small() {
  ::mallopt(M_ARENA_MAX, 2);
  ::mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
  ::mallopt(M_TRIM_THRESHOLD, 8 * 1024 * 1024);
}

void start_log(const ServeOptions& options) {
  const std::vector<std::string> names = log_format_names();
  const auto name = std::find(names.begin(), names.end(), options.log_format);
  set_log_format(static_cast<LogFormat>(name - names.begin()));
  if (!options.log_file.empty()) log_to_file(options.log_file);
}

void serve(const ServeOptions& options) {
  const ListenAddress address = parse_listen_address(options.listen);
  read_proxies(options.trusted_proxies);  // a wrong one makes no data folder
  const RateLimits rate_limits = rate_limits_of(options);
  require_folder(options.data_dir);
  const auto key = read_master_key(options.master_key, options.master_key_file);
  require_key_in_public(options, address, key);
  if (!options.page_key.empty() && !key)
    throw WrongUse("--page-key goes with a master key; without one the pages are open anyway.");
  keep_private(options.data_dir);
  keep_memory_small();
  start_log(options);

  EngineOptions engine_options;
  engine_options.data_dir = options.data_dir;
  engine_options.master_key = key;
  engine_options.resources = load_languages(options.languages, options.dictionaries);
  engine_options.load_resources = [&options]() -> std::shared_ptr<const LanguageResources> {
    try {
      return load_languages(options.languages, options.dictionaries);
    } catch (const Error& error) {
      log(LogLevel::Warning, "the language resources cannot be read again: " + quoted(error.what()));
      return nullptr;
    }
  };
  engine_options.kept_copies = options.kept_copies;
  if (options.query_log) {
    engine_options.query_log.emplace();
    engine_options.query_log->retention_days = options.query_log_days;
  }
  if (!options.import_dump.empty()) engine_options.import_dump = options.import_dump;
  if (options.no_private_webhooks) engine_options.webhook_reach = WebhookReach::Outside;
  // In posts to webhooks. A port that is to be a free one is known when the server listens.
  std::atomic<std::uint16_t> port = address.port;
  engine_options.error_json = [&](ErrorCode code, const std::string& message) {
    const std::string& url = options.public_url;
    return error_object(code, message, url.empty() ? listening_url(address.host, port) : url);
  };
  engine_options.builder = BuilderProgram{"/proc/self/exe", std::filesystem::absolute(options.languages)};
  Engine engine(engine_options);

  ServerMetrics metrics;
  const HttpApi api(
      engine, metrics,
      {options.cors_origins, own_hosts(options, address), page_key_secret(engine.keys(), options.page_key),
       options.page_index, options.public_url, rate_limits, options.log_requests});
  const auto server_owner = listen(server_options(options, address, engine, api, metrics), api);
  HttpServer& server = *server_owner;
  port = server.port();
  const StopOnSignals signals(server);
  log(LogLevel::Info, "language resources: " + describe(*engine_options.resources));
  log(LogLevel::Info,
      "data folder " + options.data_dir + ", " +
          (key ? "with a master key" : "without a master key: whoever reaches it may change all"));
  log(LogLevel::Info, "listening on " + listening_url(address.host, server.port()));
  {
    const ServiceNotices notices(listening_url(address.host, server.port()),
                                 [&engine] { return engine.catalog().count_rebuilding(); });
    server.run();
  }
  log(LogLevel::Info, "stopped");
}

void add_size(CLI::App& command, const char* name, std::size_t& bytes, const char* what) {
  command.add_option(name, bytes, what)
      ->transform(CLI::Validator(
          [](std::string& value) {
            const std::string given = value, refusal = "takes a size such as 64MB, not `" + given + "`.";
            try {
              return CLI::AsSizeValue(true)(value).empty() ? "" : refusal;
            } catch (const CLI::ValidationError&) {  // of a unit that is not known
              return refusal;
            }
          },
          ""))
      ->type_name("BYTES")
      ->default_str(std::to_string(bytes / 1'000'000) + "MB");
}

}  // namespace

void add_serve_command(CLI::App& program) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = program.add_subcommand("serve", "Serve the indexes of a data folder over HTTP");
  command->footer("Example: nunmul serve --data-dir data --listen 127.0.0.1:8080");
  add_data_dir(*command, options->data_dir);
  command->add_option("--listen", options->listen, "Address; port 0 takes a free one")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  auto* key = command->add_option("--master-key", options->master_key, "The key that may do everything");
  key->type_name("KEY");
  command
      ->add_option("--master-key-file", options->master_key_file,
                   "File with that key, for its owner alone to read")
      ->type_name("FILE")
      ->excludes(key);
  command->add_option("--cors-origin", options->cors_origins, "Site whose pages may use it; repeatable [any]")
      ->type_name("ORIGIN");
  command
      ->add_option("--allowed-host", options->allowed_hosts, "Own host name, if there is no key; repeatable")
      ->type_name("NAME");
  command
      ->add_option("--trusted-proxy", options->trusted_proxies,
                   "Proxy to trust, such as 10.0.0.0/8; repeatable")
      ->type_name("ADDRESS");
  command->add_option("--public-url", options->public_url, "Address of this server, for links to it")
      ->transform(CLI::Validator(read_public_url, ""))
      ->type_name("URL");
  command->add_option("--page-key", options->page_key, "Search key that opens the pages to everybody")
      ->type_name("KEY");
  command->add_option("--page-index", options->page_index, "Index that pages show")
      ->type_name("NAME")
      ->capture_default_str();
  command
      ->add_option("--rate-limit", options->rate_limits,
                   "Searches a second of an address, or KEY=N; repeatable")
      ->type_name("LIMIT");
  add_size(*command, "--max-body", options->max_body_bytes, "Size limit of a request body");
  command->add_option("--max-request-time", options->request_ms, "Time limit of a request, in milliseconds")
      ->check(between(1, kMaxRequestMs))
      ->type_name("N")
      ->capture_default_str();
  add_size(*command, "--max-request-memory", options->request.memory_bytes, "Memory limit of a request");
  add_size(*command, "--max-answer", options->request.answer_bytes, "Size limit of an answer");
  command->add_option("--keep-copies", options->kept_copies, "Dumps to keep, and as many snapshots")
      ->check(between(1, kMaxKeptCopies))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--import-dump", options->import_dump, "Dump to load into an empty data folder")
      ->check(existing_file())
      ->type_name("FILE");
  command->add_flag("--allow-public-without-key", options->allow_public_without_key,
                    "Start in public without a master key (dangerous)");
  command->add_flag("--no-private-webhooks", options->no_private_webhooks,
                    "Post to no webhook on a private network");
  auto* log =
      command->add_flag("--query-log", options->query_log, "Keep a query log: what visitors search, by day");
  command->add_option("--query-log-days", options->query_log_days, "Days that the query log keeps")
      ->check(between(1, kMaxLogDays))
      ->needs(log)
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--log-requests", options->log_requests, "Log every request, without its query");
  command->add_option("--log-format", options->log_format, "Log lines as text, logfmt or json")
      ->check(one_of(log_format_names()))
      ->capture_default_str();
  command->add_option("--log-file", options->log_file, "File for the log, opened anew on SIGHUP [stderr]")
      ->type_name("FILE");
  add_languages(*command, options->languages);
  add_dictionaries(*command, options->dictionaries);
  command->callback([options] { serve(*options); });
}

}  // namespace nunmul
