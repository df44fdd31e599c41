// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/content_coding.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "base/log.h"
#include "http/refusal.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr int kGzipWindow = 15 + 16;  // as zlib wants it said
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

// Repetitive documents shrink to a fiftieth at times; the first megabyte is free.
constexpr std::size_t kMaxRatio = 200;
constexpr std::size_t kFreeBytes = 1024 * 1024;

Bytef* as_bytes(const char* text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text)); }

Refusal damaged() {
  return {ErrorCode::MalformedPayload, "The compressed request body is damaged or cut short."};
}

// "deflate" means the zlib format, but some clients send the bare stream.
bool has_zlib_header(unsigned char first, unsigned char second) {
  return (first & 0x0F) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
}

}  // namespace

struct Inflater::Stream {
  explicit Stream(ContentCoding its_coding) : coding(its_coding) {}

  ContentCoding coding;
  z_stream zlib{};
  std::string start;  // the first two bytes of a deflate stream, until both are there
  bool is_open = false;
  bool has_ended = false;
  std::size_t bytes_in = 0;
  std::size_t bytes_out = 0;
  std::vector<char> piece = std::vector<char>(kPieceBytes);

  void open(int window) {
    if (inflateInit2(&zlib, window) != Z_OK) throw std::bad_alloc();
    is_open = true;
  }
  void run(std::string_view bytes, BodyCollector& receiver);
  void deliver(BodyCollector& receiver);
};

// What inflate has written into `piece`.
void Inflater::Stream::deliver(BodyCollector& receiver) {
  const std::size_t written = kPieceBytes - zlib.avail_out;
  bytes_out += written;
  if (bytes_out > kFreeBytes && bytes_out / kMaxRatio > bytes_in) {
    throw Refusal(ErrorCode::PayloadTooLarge,
                  "The request body inflates to more than " + std::to_string(kMaxRatio) + " times its size.");
  }
  receiver.append({piece.data(), written});
}

void Inflater::Stream::run(std::string_view bytes, BodyCollector& receiver) {
  zlib.next_in = as_bytes(bytes.data());
  zlib.avail_in = static_cast<uInt>(bytes.size());
  while (true) {
    if (has_ended) {
      // A gzip file may be several, one after the other; anything else must end here.
      if (zlib.avail_in == 0) return;
      if (coding != ContentCoding::Gzip || inflateReset(&zlib) != Z_OK) throw damaged();
      has_ended = false;
    }
    zlib.next_out = as_bytes(piece.data());
    zlib.avail_out = kPieceBytes;
    const int result = ::inflate(&zlib, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) throw damaged();
    deliver(receiver);
    has_ended = result == Z_STREAM_END;
    if (!has_ended && zlib.avail_in == 0 && zlib.avail_out > 0) return;
  }
}

Inflater::Inflater(ContentCoding coding) : stream_(std::make_unique<Stream>(coding)) {
  if (coding == ContentCoding::Gzip) stream_->open(kGzipWindow);
}

Inflater::~Inflater() {
  if (stream_->is_open) inflateEnd(&stream_->zlib);
}

void Inflater::inflate(std::string_view bytes, BodyCollector& receiver) {
  stream_->bytes_in += bytes.size();
  std::string joined;
  if (!stream_->is_open) {
    stream_->start += bytes;
    if (stream_->start.size() < 2) return;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(stream_->start[i]); };
    stream_->open(has_zlib_header(byte(0), byte(1)) ? kZlibWindow : kRawWindow);
    joined = std::exchange(stream_->start, {});
    bytes = joined;
  }
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kPieceBytes))) {
    stream_->run(bytes.substr(0, kPieceBytes), receiver);
  }
}

void Inflater::finish() const {
  if (!stream_->has_ended) throw damaged();
}

std::optional<ContentCoding> read_content_coding(std::string_view header) {
  if (header.empty() || equals_ignoring_case(header, "identity")) return std::nullopt;
  if (equals_ignoring_case(header, "gzip") || equals_ignoring_case(header, "x-gzip"))
    return ContentCoding::Gzip;
  if (equals_ignoring_case(header, "deflate")) return ContentCoding::Deflate;
  throw Refusal(ErrorCode::InvalidContentType, "The Content-Encoding " + quoted(header) +
                                                   " is invalid. Accepted values are `gzip` and `deflate`.");
}

void inflate_body(HttpRequest& request, const BodyLimits& limits) {
  if (request.body.empty() && request.body_file.empty()) return;
  const auto coding = read_content_coding(request.header("content-encoding").value_or(""));
  if (!coding) return;
  Inflater inflater(*coding);
  BodyCollector inflated(limits);
  inflated.allow_spooling();
  inflater.inflate(request.body, inflated);
  if (!request.body_file.empty()) {
    std::ifstream file(request.body_file.path(), std::ios::binary);
    std::vector<char> piece(kPieceBytes);
    while (file.read(piece.data(), kPieceBytes) || file.gcount() > 0) {
      inflater.inflate({piece.data(), static_cast<std::size_t>(file.gcount())}, inflated);
    }
  }
  inflater.finish();
  inflated.move_into(request);
}

std::string gzip(std::string_view bytes, Packing packing) {
  z_stream zlib{};
  const int level = packing == Packing::Quick ? Z_BEST_SPEED : Z_BEST_COMPRESSION;
  if (deflateInit2(&zlib, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string result(deflateBound(&zlib, bytes.size()), '\0');
  zlib.next_in = as_bytes(bytes.data());
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = as_bytes(result.data());
  zlib.avail_out = static_cast<uInt>(result.size());
  const int ended = ::deflate(&zlib, Z_FINISH);
  result.resize(zlib.total_out);
  deflateEnd(&zlib);
  if (ended != Z_STREAM_END) throw std::length_error("answer too large to pack");
  return result;
}

}  // namespace nunmul
