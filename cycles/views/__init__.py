"""The pages of cycles, activities, methods, and of the work in a partnership."""
