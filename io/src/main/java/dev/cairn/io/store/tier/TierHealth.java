package dev.cairn.io.store.tier;

/**
 * How a tier is.
 *
 * @param name what it is
 * @param ok whether it can be used
 * @param detail what and where it is, or why it cannot be used, for people
 */
public record TierHealth(String name, boolean ok, String detail) {}
