/** The deployment files against what their readers publish. */
@org.jspecify.annotations.NullMarked
package dev.cairn.runners.deploy;
