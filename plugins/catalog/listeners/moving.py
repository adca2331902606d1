"""What music does while its rows are moved to another database: the search index is made once of all of them."""

from plugins.catalog import plugin
from plugins.catalog.models.search_index import index_apart

plugin.contributes("site.move", name="catalog.search_index")(index_apart)
