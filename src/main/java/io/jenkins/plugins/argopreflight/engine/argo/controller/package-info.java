/** Argo's controller: its version, flags and settings, and how releases differ. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.controller;

import org.jspecify.annotations.NullMarked;
