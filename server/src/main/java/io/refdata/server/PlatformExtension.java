package io.refdata.server;

import static org.jboss.as.controller.parsing.ParseUtils.requireNoAttributes;
import static org.jboss.as.controller.parsing.ParseUtils.requireNoContent;

import io.refdata.settings.Setting;
import io.refdata.settings.SettingsCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.as.controller.Extension;
import org.jboss.as.controller.ExtensionContext;
import org.jboss.as.controller.ModelVersion;
import org.jboss.as.controller.PathAddress;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.ReloadRequiredRemoveStepHandler;
import org.jboss.as.controller.RunningMode;
import org.jboss.as.controller.SimpleResourceDefinition;
import org.jboss.as.controller.SubsystemRegistration;
import org.jboss.as.controller.descriptions.NonResolvingResourceDescriptionResolver;
import org.jboss.as.controller.operations.common.GenericSubsystemDescribeHandler;
import org.jboss.as.controller.operations.common.Util;
import org.jboss.as.controller.parsing.ExtensionParsingContext;
import org.jboss.as.controller.persistence.SubsystemMarshallingContext;
import org.jboss.staxmapper.XMLElementWriter;

/**
 * The platform's own subsystem of WildFly. WildFly reads it before it does anything else, so wrong
 * settings end the process here.
 */
public final class PlatformExtension implements Extension {
  private static final String NAME = "refdata";
  private static final String NAMESPACE = "urn:io:refdata:server:1.0";
  private static final PathElement PATH = PathElement.pathElement("subsystem", NAME);
  private static final XMLElementWriter<SubsystemMarshallingContext> WRITER =
      (writer, context) -> context.startSubsystemElement(NAMESPACE, true);

  @Override
  public void initialize(ExtensionContext context) {
    if (context.getRunningMode() == RunningMode.NORMAL) {
      requireSettings();
    }
    SubsystemRegistration subsystem = context.registerSubsystem(NAME, ModelVersion.create(1), true);
    subsystem
        .registerSubsystemModel(
            new SimpleResourceDefinition(
                new SimpleResourceDefinition.Parameters(
                        PATH, NonResolvingResourceDescriptionResolver.INSTANCE)
                    .setAddHandler(new PlatformAdd())
                    .setRemoveHandler(ReloadRequiredRemoveStepHandler.INSTANCE)
                    .setCapabilities(PlatformAdd.DATA_SOURCE)))
        .registerOperationHandler(
            GenericSubsystemDescribeHandler.DEFINITION, GenericSubsystemDescribeHandler.INSTANCE);
    subsystem.registerXMLElementWriter(WRITER);
  }

  @Override
  public void initializeParsers(ExtensionParsingContext context) {
    context.setSubsystemXmlMapping(
        NAME,
        NAMESPACE,
        (reader, operations) -> {
          requireNoAttributes(reader);
          requireNoContent(reader);
          operations.add(Util.createAddOperation(PathAddress.pathAddress(PATH)));
        });
  }

  private static void requireSettings() {
    List<String> faults =
        new ArrayList<>(SettingsCheck.faults(SettingsCheck.properties(), System.getenv()));
    if (faults.isEmpty()) {
      Path home = Path.of(Setting.HOME.text());
      try {
        HomeCheck.write(home);
      } catch (IOException e) {
        faults.add("no file can be written below refdata.home=" + home + ": " + e);
      }
    }
    if (!faults.isEmpty()) {
      End.because(String.join("; ", faults));
    }
  }
}
