package io.refdata.api.openapi;

import static io.refdata.api.openapi.OpenApiElements.addListed;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASModelReader;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Paths;

/**
 * The part of the description at {@code /openapi} that is about the collections. Paths, filters and
 * schemas are built from the same properties that serve the requests. All other paths are described
 * in {@code META-INF/openapi.yaml}.
 */
public class ItemDescription implements OASModelReader {
  @Override
  public OpenAPI buildModel() {
    Paths paths = OASFactory.createPaths();
    Components components = OASFactory.createComponents();
    for (ItemType<?> type : Catalogue.all()) {
      ItemPaths items = new ItemPaths(type);
      items.addTo(paths);
      addListed(components, type.entity().getSimpleName(), items.schema());
    }
    new ItemPaths(Catalogue.REGIONS).addRelatedTo(paths);
    return OASFactory.createOpenAPI().paths(paths).components(components);
  }
}
