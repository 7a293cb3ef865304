package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A template that a node executes: as written, and with defaults, arguments and variables. */
public record ResolvedTemplate(TemplateHolder.Found found, TemplateHolder base, ObjectNode template) {}
