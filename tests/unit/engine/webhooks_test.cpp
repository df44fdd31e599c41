// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks: their list, their masks, and that a receiver hears of finished tasks, over TLS only if its
// certificate is valid for it.
#include "engine/webhooks.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "base/error.h"
#include "engine/catalog_store.h"
#include "engine/key_store.h"
#include "engine/webhook_post.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/webhooks");

namespace nunmul {
namespace {

// A certificate that signs itself, for one address, and its key.
struct Certificate {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> x509{X509_new(), X509_free};

  explicit Certificate(const char* subject_alternative_name) {
    X509* made = x509.get();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made), 3600);
    X509_set_pubkey(made, key.get());
    X509_NAME* name = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1,
                               -1, 0);
    X509_set_issuer_name(made, name);
    X509_EXTENSION* extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject_alternative_name);
    X509_add_ext(made, extension, -1);
    X509_EXTENSION_free(extension);
    REQUIRE(X509_sign(made, key.get(), EVP_sha256()) > 0);
  }

  void write_to(const std::filesystem::path& file) const {
    const std::unique_ptr<FILE, decltype(&std::fclose)> out(std::fopen(file.c_str(), "w"), std::fclose);
    REQUIRE(PEM_write_X509(out.get(), x509.get()) == 1);
  }
};

int listening_socket(int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener, 8) == 0);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return listener;
}

// Takes connections and never answers.
class SilentReceiver {
 public:
  SilentReceiver() = default;
  ~SilentReceiver() { ::close(listener_); }
  SilentReceiver(const SilentReceiver&) = delete;
  SilentReceiver& operator=(const SilentReceiver&) = delete;
  int port() const { return port_; }

 private:
  int port_ = 0;
  int listener_ = listening_socket(port_);
};

// Takes one request on a free port and answers it; over TLS if it has a certificate.
class Receiver {
 public:
  explicit Receiver(const Certificate* certificate = nullptr)
      : certificate_(certificate), listener_(listening_socket(port_)), thread_([this] { serve(); }) {}
  ~Receiver() {
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }
  int port() const { return port_; }
  std::string request() {
    thread_.join();
    return request_;
  }

 private:
  const Certificate* certificate_;
  int port_ = 0;
  int listener_;
  std::string request_;
  std::thread thread_;

  void serve() {
    const int client = ::accept(listener_, nullptr, nullptr);
    if (certificate_)
      serve_tls(client);
    else
      converse(
          [&](char* into, int size) {
            return static_cast<int>(::recv(client, into, static_cast<std::size_t>(size), 0));
          },
          [&](const std::string& text) { ::send(client, text.data(), text.size(), MSG_NOSIGNAL); });
    ::close(client);
  }

  void serve_tls(int client) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()),
                                                                    SSL_CTX_free);
    SSL_CTX_use_certificate(context.get(), certificate_->x509.get());
    SSL_CTX_use_PrivateKey(context.get(), certificate_->key.get());
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
    SSL_set_fd(ssl.get(), client);
    if (SSL_accept(ssl.get()) != 1) return;
    converse(
        [&](char* into, int size) { return SSL_read(ssl.get(), into, size); },
        [&](const std::string& text) { SSL_write(ssl.get(), text.data(), static_cast<int>(text.size())); });
  }

  template <typename Read, typename Write>
  void converse(Read&& read, Write&& write) {
    char buffer[4096];
    while (!request_.ends_with("\"uid\":1}\n")) {
      const int size = read(buffer, sizeof buffer);
      if (size <= 0) return;
      request_.append(buffer, static_cast<std::size_t>(size));
    }
    write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  }
};

// What the system trusts, for as long as it lives.
class TrustedRoots {
 public:
  explicit TrustedRoots(const std::filesystem::path& file) { ::setenv("SSL_CERT_FILE", file.c_str(), 1); }
  ~TrustedRoots() { ::unsetenv("SSL_CERT_FILE"); }
  TrustedRoots(const TrustedRoots&) = delete;
  TrustedRoots& operator=(const TrustedRoots&) = delete;
};

std::string post_to(const std::string& url) { return post_webhook({url, {{"X", "y"}}, "{\"uid\":1}\n"}, {}); }

TEST_CASE("webhooks are kept in order, changed and removed") {
  const TempDir dir;
  CatalogStore store(dir.path());
  const KeyStore keys(store, {});
  std::string uuid;
  {
    Webhooks hooks(store, keys);
    CHECK(hooks.empty());
    uuid = hooks.create("http://127.0.0.1/a", {}).uuid;
    hooks.create("http://127.0.0.1/b", {});
    hooks.update({uuid, "http://127.0.0.1/c", {{"X", "y"}}});
    CHECK_THROWS_AS(hooks.update({"none", "http://127.0.0.1", {}}), Error);
    CHECK_THROWS_AS(hooks.remove("none"), Error);
  }
  Webhooks hooks(store, keys);
  REQUIRE(hooks.list().size() == 2);
  CHECK(hooks.list()[0].url == "http://127.0.0.1/c");
  hooks.remove(uuid);
  CHECK_FALSE(hooks.find(uuid));
  CHECK(hooks.list().size() == 1);
}

TEST_CASE("values of headers that let someone in are shown masked") {
  const Json json =
      to_json(Webhook{"u", "http://x", {{"A-Token", "12345"}, {"AUTHORIZATION", "123456"}, {"B", "123456"}}});
  CHECK(dump_json(json) == R"({"uuid":"u","isEditable":true,"url":"http://x","headers":{"A-Token":"XXX...",)"
                           R"("AUTHORIZATION":"12XXXX...","B":"123456"}})");
}

TEST_CASE("a receiver gets the lines with its headers") {
  const TempDir dir;
  CatalogStore store(dir.path());
  const KeyStore keys(store, {});
  Receiver receiver;
  Webhooks hooks(store, keys);
  hooks.create("http://127.0.0.1:" + std::to_string(receiver.port()) + "/told?x=1",
               {{"Authorization", "Bearer s"},
                {"host", "elsewhere"},
                {"Transfer-Encoding", "chunked"},
                {"X", "a\r\nY: b"}});
  hooks.notify({{"songs", "{\"uid\":0}\n"}, {std::nullopt, "{\"uid\":1}\n"}});
  const std::string request = receiver.request();
  CHECK(request.starts_with("POST /told?x=1 HTTP/1.1\r\n"));
  CHECK(request.find("\r\nAuthorization: Bearer s\r\n") != std::string::npos);
  // Stored before such headers were refused.
  for (const char* never : {"elsewhere", "chunked", "Y: b"}) CHECK(request.find(never) == std::string::npos);
  CHECK(request.ends_with("\r\n\r\n{\"uid\":0}\n{\"uid\":1}\n"));
}

TEST_CASE("a webhook whose key has expired is told nothing") {
  const TempDir dir;
  CatalogStore store(dir.path());
  KeyStore keys(store, "a master key");
  NewApiKey fresh;
  fresh.actions = {"*"};
  fresh.indexes = {"*"};
  fresh.expires_at = now() - std::chrono::seconds{1};
  Receiver receiver;
  const std::string url = "http://127.0.0.1:" + std::to_string(receiver.port()) + "/";
  Webhooks hooks(store, keys);
  hooks.create(url + "valid", {});
  const Webhook expired{"expired", url + "expired", {}, keys.create(fresh).uid};
  store.write([&](Sqlite& db) { write_webhook_row(db, expired); });
  hooks.notify({{"songs", "{\"uid\":1}\n"}});
  CHECK(receiver.request().starts_with("POST /valid "));
}

TEST_CASE("a receiver that does not answer delays no other, and each is told in order") {
  const TempDir dir;
  CatalogStore store(dir.path());
  const KeyStore keys(store, {});
  const SilentReceiver silent;
  Receiver receiver, second;
  Webhooks hooks(store, keys);
  const auto create = [&](int port) { hooks.create("http://127.0.0.1:" + std::to_string(port) + "/", {}); };
  for (int i = 0; i < 3; ++i) create(silent.port());
  create(receiver.port());
  const auto begin = std::chrono::steady_clock::now();
  hooks.notify({{"songs", "{\"uid\":1}\n"}});
  hooks.notify({{"songs", "{\"uid\":2}\n"}});
  CHECK(receiver.request().ends_with("\r\n\r\n{\"uid\":1}\n"));
  create(second.port());
  hooks.notify({{"songs", "{\"uid\":1}\n"}});
  CHECK(second.request().ends_with("{\"uid\":1}\n"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("a key for some indexes has some of the places, and one that has expired has none") {
  const TempDir dir;
  CatalogStore store(dir.path());
  KeyStore keys(store, "a master key");
  Webhooks hooks(store, keys);
  const auto make_key = [&](const char* index, std::optional<Time> expiry) {
    NewApiKey fresh;
    fresh.actions = {"*"};
    fresh.indexes = {index};
    fresh.expires_at = expiry;
    return keys.create(fresh).uid;
  };
  const auto fill = [&](const std::optional<std::string>& owner) {
    const std::size_t before = hooks.list().size();
    try {
      for (int i = 0; i < 30; ++i) hooks.create("http://127.0.0.1/", {}, owner);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::InvalidWebhooks);
    }
    return hooks.list().size() - before;
  };
  const std::string gone = make_key("songs", now() - std::chrono::seconds{1});
  store.write([&](Sqlite& db) {
    for (const char* uuid : {"a", "b", "c"}) write_webhook_row(db, {uuid, "http://127.0.0.1/", {}, gone});
  });
  hooks.create("http://127.0.0.1/", {});
  CHECK(hooks.list().size() == 1);
  CHECK(fill(make_key("songs", std::nullopt)) == 5);
  CHECK(fill(make_key("films", std::nullopt)) == 5);
  CHECK(fill(make_key("*", std::nullopt)) == 9);
  CHECK(fill(std::nullopt) == 0);
}

TEST_CASE("an internal address is not connected to where that is forbidden, by whatever name it is reached") {
  const std::map<std::string, std::string> headers;
  const std::string body = "{\"uid\":1}\n";
  int number = 0;
  const int listener = listening_socket(number);
  const std::string port = ":" + std::to_string(number) + "/";
  for (const char* host :
       {"127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"}) {
    CAPTURE(host);
    CHECK(post_webhook({"http://" + std::string(host) + port, headers, body, WebhookReach::Outside}, {}) ==
          "its address is internal, which --no-private-webhooks forbids");
  }
  pollfd waiting{listener, POLLIN, 0};
  CHECK(::poll(&waiting, 1, 0) == 0);
  ::close(listener);
}

TEST_CASE("over TLS a receiver is told if its certificate is trusted and for its address") {
  const TempDir dir;
  const Certificate certificate("IP:127.0.0.1");
  certificate.write_to(dir / "roots.pem");
  const TrustedRoots trusted(dir / "roots.pem");
  Receiver receiver(&certificate);
  CHECK(post_to("HTTPS://127.0.0.1:" + std::to_string(receiver.port()) + "/told") == "");
  CHECK(receiver.request().starts_with("POST /told HTTP/1.1\r\nHost: 127.0.0.1:"));
}

TEST_CASE("nothing is sent to a receiver whose certificate is not trusted or not for its address") {
  const TempDir dir;
  const Certificate trusted_one("IP:127.0.0.2");
  trusted_one.write_to(dir / "roots.pem");
  const TrustedRoots trusted(dir / "roots.pem");
  const Certificate strange("IP:127.0.0.1");
  for (const Certificate* shown : {&trusted_one, &strange}) {
    Receiver receiver(shown);
    const std::string problem = post_to("https://127.0.0.1:" + std::to_string(receiver.port()) + "/");
    CHECK(problem.starts_with("its certificate is not valid: "));
    CHECK(receiver.request().empty());
  }
}

TEST_CASE(
    "an address that cannot be posted to is named as such, and no receiver is waited for after a stop") {
  CHECK(post_to("ftp://127.0.0.1/") == "its address does not begin with http:// or https://");
  CHECK(post_to("http://127.0.0.1:70000/") == "its address has no port from 1 to 65535");
  CHECK(post_to("http:///x") == "its address has no host");
  CHECK(post_to("http://[::1/x") == "its address has no host");
  CHECK(post_to("http://a:b@127.0.0.1/") == "its address has a password, which belongs into a header");
  const std::map<std::string, std::string> headers;
  const std::string body, url = "http://127.0.0.1:1";
  std::stop_source stop;
  stop.request_stop();
  CHECK(post_webhook({url, headers, body}, stop.get_token()) != "");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
