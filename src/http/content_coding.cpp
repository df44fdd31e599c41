// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/content_coding.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
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
constexpr std::size_t kMinPackedBytes = 1024;  // packing a smaller answer gains nothing
constexpr int kQuickBrotli = 1;
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
  std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> brotli{
      nullptr, BrotliDecoderDestroyInstance};
  bool is_open = false;  // zlib
  bool has_ended = false;
  std::size_t bytes_in = 0;
  std::size_t bytes_out = 0;
  std::vector<char> piece = std::vector<char>(kPieceBytes);

  void open(int window) {
    if (inflateInit2(&zlib, window) != Z_OK) throw std::bad_alloc();
    is_open = true;
  }
  void run(std::string_view bytes, BodyCollector& receiver);
  void run_brotli(std::string_view bytes, BodyCollector& receiver);
  void deliver(std::size_t written, BodyCollector& receiver);
};

// Delivers the bytes that were written into `piece`.
void Inflater::Stream::deliver(std::size_t written, BodyCollector& receiver) {
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
    deliver(kPieceBytes - zlib.avail_out, receiver);
    has_ended = result == Z_STREAM_END;
    if (!has_ended && zlib.avail_in == 0 && zlib.avail_out > 0) return;
  }
}

void Inflater::Stream::run_brotli(std::string_view bytes, BodyCollector& receiver) {
  std::size_t in = bytes.size();
  const auto* next_in = as_bytes(bytes.data());
  for (;;) {
    if (has_ended && in > 0) throw damaged();
    if (has_ended) return;
    std::size_t out = kPieceBytes;
    auto* next_out = as_bytes(piece.data());
    const auto result = BrotliDecoderDecompressStream(brotli.get(), &in, &next_in, &out, &next_out, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) throw damaged();
    deliver(kPieceBytes - out, receiver);
    has_ended = result == BROTLI_DECODER_RESULT_SUCCESS;
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return;
  }
}

Inflater::Inflater(ContentCoding coding) : stream_(std::make_unique<Stream>(coding)) {
  if (coding == ContentCoding::Gzip) stream_->open(kGzipWindow);
  if (coding != ContentCoding::Brotli) return;
  stream_->brotli.reset(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (!stream_->brotli) throw std::bad_alloc();
}

Inflater::~Inflater() {
  if (stream_->is_open) inflateEnd(&stream_->zlib);
}

void Inflater::inflate(std::string_view bytes, BodyCollector& receiver) {
  stream_->bytes_in += bytes.size();
  if (stream_->brotli) return stream_->run_brotli(bytes, receiver);
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
  if (equals_ignoring_case(header, "br")) return ContentCoding::Brotli;
  throw Refusal(ErrorCode::InvalidContentType,
                "The Content-Encoding " + quoted(header) +
                    " is invalid. Accepted values are `gzip`, `deflate` and `br`.");
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

namespace {

std::string with_brotli(std::string_view bytes, Packing packing) {
  const int quality = packing == Packing::Quick ? kQuickBrotli : BROTLI_MAX_QUALITY;
  std::string result(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = result.size();
  if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                             as_bytes(bytes.data()), &size, as_bytes(result.data())))
    throw std::length_error("answer too large to pack");
  result.resize(size);
  return result;
}

std::string with_zlib(std::string_view bytes, int window, Packing packing) {
  z_stream zlib{};
  const int level = packing == Packing::Quick ? Z_BEST_SPEED : Z_BEST_COMPRESSION;
  if (deflateInit2(&zlib, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
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

}  // namespace

std::optional<ContentCoding> choose_coding(std::string_view accept_encoding, std::size_t bytes) {
  const bool names_one = split_list(accept_encoding).size() == 1 && !accept_encoding.starts_with('*');
  if (bytes == 0 || (bytes <= kMinPackedBytes && !names_one)) return std::nullopt;
  for (const ContentCoding coding : {ContentCoding::Gzip, ContentCoding::Brotli, ContentCoding::Deflate})
    if (accepts_coding(accept_encoding, name_of(coding))) return coding;
  return std::nullopt;
}

std::string_view name_of(ContentCoding coding) {
  if (coding == ContentCoding::Gzip) return "gzip";
  return coding == ContentCoding::Brotli ? "br" : "deflate";
}

std::string packed(std::string_view bytes, ContentCoding coding, Packing packing) {
  if (coding == ContentCoding::Brotli) return with_brotli(bytes, packing);
  return with_zlib(bytes, coding == ContentCoding::Gzip ? kGzipWindow : kZlibWindow, packing);
}

}  // namespace nunmul
