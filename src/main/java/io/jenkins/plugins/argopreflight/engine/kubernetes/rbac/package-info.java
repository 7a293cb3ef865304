/** The rights of accounts: who is allowed to do what, and the smallest Role for it. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import org.jspecify.annotations.NullMarked;
