package jenkins.model;

import hudson.Launcher;
import hudson.ProxyConfiguration;
import hudson.markup.MarkupFormatter;
import hudson.model.AbstractCIBase;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModifiableViewGroup;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.util.List;
import org.springframework.security.core.Authentication;

public class Jenkins extends AbstractCIBase
        implements DirectlyModifiableTopLevelItemGroup, ModifiableViewGroup, AccessControlled {

    private Jenkins() {}

    public static final Permission ADMINISTER = null;

    public static final Permission READ = null;

    public static Jenkins get() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public static Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }

    public Launcher createLauncher(TaskListener listener) {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("rawtypes")
    public final <T extends Item> T getItem(String pathName, ItemGroup context, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public Item getItemByFullName(String fullName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TopLevelItem> getItems() {
        throw new UnsupportedOperationException();
    }

    public String getLegacyInstanceId() {
        throw new UnsupportedOperationException();
    }

    public MarkupFormatter getMarkupFormatter() {
        throw new UnsupportedOperationException();
    }

    public ProxyConfiguration getProxy() {
        throw new UnsupportedOperationException();
    }

    @Override
    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public String getRootUrl() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }
}
