// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/geo.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace nunmul {
namespace {

constexpr double kEarthRadius = 6'371'008.8;  // metres, the mean one
constexpr double kMaxLat = 90, kMaxLng = 180;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

std::optional<double> find_degrees(std::string_view text, double limit) {
  const auto degrees = find_number(text);
  return degrees && std::abs(*degrees) <= limit ? degrees : std::nullopt;
}

// A coordinate may have been stored as a text.
std::optional<double> find_coordinate(const Column& column, std::uint32_t document, double limit) {
  const auto value_ids = column.value_ids(document);
  if (value_ids.empty()) return std::nullopt;
  if (value_ids.front() >= column.numbers_end()) return find_degrees(column.folded(value_ids.front()), limit);
  const double number = column.numbers()[value_ids.front()];
  return std::abs(number) <= limit ? std::optional(number) : std::nullopt;
}

std::string shown(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

}  // namespace

std::optional<double> find_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = problem == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<GeoPoint> find_geo_point(std::string_view lat, std::string_view lng) {
  const auto degrees_lat = find_degrees(lat, kMaxLat), degrees_lng = find_degrees(lng, kMaxLng);
  if (!degrees_lat || !degrees_lng) return std::nullopt;
  return GeoPoint{*degrees_lat, *degrees_lng};
}

// The haversine formula: exact enough for small distances too.
double distance(const GeoPoint& a, const GeoPoint& b) {
  const double half_lat = std::sin(radians(b.lat - a.lat) / 2),
               half_lng = std::sin(radians(b.lng - a.lng) / 2);
  const double h =
      half_lat * half_lat + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * half_lng * half_lng;
  return 2 * kEarthRadius * std::asin(std::sqrt(std::min(h, 1.0)));
}

bool GeoArea::contains(const GeoPoint& point) const {
  if (kind == Kind::Circle) return distance(center, point) <= metres;
  if (point.lat > north_east.lat || point.lat < south_west.lat) return false;
  if (south_west.lng <= north_east.lng) return point.lng >= south_west.lng && point.lng <= north_east.lng;
  return point.lng >= south_west.lng || point.lng <= north_east.lng;
}

std::string GeoArea::canonical() const {
  if (kind == Kind::Circle)
    return "circle " + shown(center.lat) + ' ' + shown(center.lng) + ' ' + shown(metres);
  return "box " + shown(north_east.lat) + ' ' + shown(north_east.lng) + ' ' + shown(south_west.lat) + ' ' +
         shown(south_west.lng);
}

GeoPlaces::GeoPlaces(const ColumnSet& columns)
    : lat_(columns.find_column(std::string(kGeoField) + ".lat")),
      lng_(columns.find_column(std::string(kGeoField) + ".lng")) {}

std::optional<GeoPoint> GeoPlaces::find(std::uint32_t document) const {
  if (!lat_ || !lng_) return std::nullopt;
  const auto lat = find_coordinate(*lat_, document, kMaxLat);
  const auto lng = find_coordinate(*lng_, document, kMaxLng);
  if (!lat || !lng) return std::nullopt;
  return GeoPoint{*lat, *lng};
}

}  // namespace nunmul
