/** Checks of the settings of Argo's controller. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.controller;

import org.jspecify.annotations.NullMarked;
