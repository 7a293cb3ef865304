package hudson.markup;

import hudson.ExtensionPoint;
import hudson.model.Describable;

public abstract class MarkupFormatter implements Describable<MarkupFormatter>, ExtensionPoint {}
