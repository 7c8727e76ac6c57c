package dev.cairn.pipelines.search;

/**
 * Where a chunk lies. In the order of a dataset: by key, part and chunk.
 *
 * @param file number of its file
 * @param row in the file, from 0
 */
record Place(int file, long row) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    return file == other.file ? Long.compare(row, other.row) : Integer.compare(file, other.file);
  }
}
