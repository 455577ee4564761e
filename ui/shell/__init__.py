"""What every page needs: navigation, its address, the caches, the glossary. No widgets."""
