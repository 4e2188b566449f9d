// The least that counting trail files costs: libdeflate and simdjson, on one thread. Prints what it counted, its CPU time
// and its peak as JSON. Built by `npm run bench -- --native`; usage: count FOLDER.
#include <libdeflate.h>
#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "simdjson.h"

namespace {

using Counts = std::unordered_map<std::string, uint64_t>;

/// The fields of the key, in its order; the time comes last.
constexpr std::string_view kFields[] = {"recipientAccountId", "awsRegion", "eventSource",
                                        "eventName",          "errorCode", "eventTime"};
constexpr size_t kFieldCount = 6;
constexpr size_t kTime = 5;
/// "2026-09-07T12:" of "2026-09-07T12:34:56Z", before the minutes.
constexpr size_t kHourLength = 14;

std::vector<uint8_t> read(const std::string& path) {
  std::vector<uint8_t> bytes(std::filesystem::file_size(path));
  FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr || std::fread(bytes.data(), 1, bytes.size(), file) != bytes.size())
    throw std::runtime_error("cannot read " + path);
  std::fclose(file);
  return bytes;
}

/// Inflates into a buffer that is kept from file to file, with the room behind it that simdjson wants.
size_t inflate(libdeflate_decompressor* inflater, const std::vector<uint8_t>& stored,
               std::vector<char>& into) {
  uint32_t size;
  std::memcpy(&size, stored.data() + stored.size() - 4, 4);
  if (into.size() < size + simdjson::SIMDJSON_PADDING)
    into.resize(size + simdjson::SIMDJSON_PADDING);
  size_t written = 0;
  if (libdeflate_gzip_decompress(inflater, stored.data(), stored.size(), into.data(), size,
                                 &written) != LIBDEFLATE_SUCCESS)
    throw std::runtime_error("a file cannot be inflated");
  return written;
}

/// Appends the key's part of a record's field, for those that are part of it.
void count(simdjson::ondemand::object record, std::string& key, Counts& counts) {
  std::string_view values[kFieldCount] = {};
  for (auto field : record) {
    const std::string_view name = field.unescaped_key();
    for (size_t at = 0; at < kFieldCount; at++) {
      if (name != kFields[at]) continue;
      std::string_view text;
      if (field.value().get_string().get(text) == simdjson::SUCCESS) values[at] = text;
      break;
    }
  }
  key.clear();
  for (size_t at = 0; at < kTime; at++) key.append(values[at]).push_back('\0');
  const std::string_view time = values[kTime];
  const int minute = (time[kHourLength] - '0') * 10 + (time[kHourLength + 1] - '0');
  key.append(time.substr(0, kHourLength)).push_back(static_cast<char>('a' + minute / 5));
  counts[key] += 1;
}

void print(const Counts& counts) {
  uint64_t events = 0, squares = 0;
  for (const auto& [key, value] : counts) {
    events += value;
    squares += value * value;
  }
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](timeval time) { return time.tv_sec + time.tv_usec / 1e6; };
  std::printf("{\"digest\":{\"events\":%lu,\"cells\":%zu,\"squares\":%lu},", events, counts.size(),
              squares);
  std::printf("\"cpuSeconds\":%f,\"peakMb\":%f}\n", seconds(used.ru_utime) + seconds(used.ru_stime),
              used.ru_maxrss / 1024.0);
}

}  // namespace

int main(int, char** arguments) {
  libdeflate_decompressor* inflater = libdeflate_alloc_decompressor();
  simdjson::ondemand::parser parser;
  std::vector<char> inflated;
  std::string key;
  Counts counts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[1])) {
    const std::string path = entry.path();
    if (!entry.is_regular_file() || !path.ends_with(".json.gz")) continue;
    const size_t size = inflate(inflater, read(path), inflated);
    auto document = parser.iterate(inflated.data(), size, inflated.size());
    for (simdjson::ondemand::object record : document["Records"].get_array())
      count(record, key, counts);
  }
  libdeflate_free_decompressor(inflater);
  print(counts);
}
